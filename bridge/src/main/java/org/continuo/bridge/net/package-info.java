/**
 * Sockets: a local stream socket, TCP with a token where there is none, and OSC over UDP, all on loopback. Knows packets and
 * peers; what a packet says is the business of {@code live}. One I/O thread serves them all, and nothing on it may block.
 */
package org.continuo.bridge.net;
