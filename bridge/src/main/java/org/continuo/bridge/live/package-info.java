/**
 * The stage: who is connected, who plays in which band, what time it is there. A session lives on the I/O thread, a band on a
 * thread of its own; between them lie an inbox of fixed size one way and the peers' outboxes the other.
 */
package org.continuo.bridge.live;
