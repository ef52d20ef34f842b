/**
 * Sockets: a local stream socket, TCP with a token where there is none, OSC over UDP, and the panel's web sockets, all on loopback.
 * Knows packets and peers; what a packet says is the business of {@code live}. One I/O thread serves them all but the web sockets,
 * which live on the panel's and hand their packets to it; nothing on either may block.
 *
 * <p>{@link org.continuo.bridge.net.LocalClient} is the other end: it speaks the protocol and knows no engine.
 */
package org.continuo.bridge.net;
