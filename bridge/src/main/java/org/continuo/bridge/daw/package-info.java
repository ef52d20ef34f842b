/** A clip that is selected in a workstation: as lines of text for its scripts, by OSC for Ableton Live, and as a MIDI file. */
package org.continuo.bridge.daw;
