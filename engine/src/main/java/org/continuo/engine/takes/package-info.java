/** The takes of a session: a tree in which each take may go on from a bar of another, kept in a folder. */
package org.continuo.engine.takes;
