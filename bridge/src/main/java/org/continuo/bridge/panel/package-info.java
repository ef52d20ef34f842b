/**
 * The panel: a page in the browser, served on loopback, and what it asks of the engine over HTTP: takes that arrive while they
 * are made, clips, prompts. Its live side is a web socket that leads to {@code live} like any other socket.
 *
 * <p>One thread of its own serves it, so that no page ever delays a note, and takes are computed at a low priority, so that
 * they use what a band leaves over.
 */
package org.continuo.bridge.panel;
