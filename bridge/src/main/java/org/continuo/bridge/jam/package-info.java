/** Jams without a plugin host: written down as scripts and played on a virtual clock, or with a keyboard and a synthesizer. */
package org.continuo.bridge.jam;
