/**
 * Standard MIDI files (RP-001): what a musician hands in, and what they get back.
 *
 * <p>{@link org.continuo.engine.midi.ClipReader} reads any file a player would accept into a {@link
 * org.continuo.engine.midi.MidiClip}, which keeps every event at the file's own resolution. {@link
 * org.continuo.engine.midi.SustainPedal} lengthens notes that the pedal holds, {@link
 * org.continuo.engine.midi.ClipQuantizer} puts them on the grid of the score language, and {@link
 * org.continuo.engine.midi.MidiWriter} writes a score, or a clip with music added to it.
 *
 * <p>A bad file is a {@link org.continuo.engine.midi.MidiFileException} with one line that says what is wrong. Nothing
 * here keeps state between calls; every class may be used from any thread, none belongs on a real-time thread.
 */
package org.continuo.engine.midi;
