package org.continuo.bridge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    @Test
    void shouldSayWhatAFileSystemOnlyNames() {
        assertEquals("continuo: a.png: no such file or folder", Complaint.about(new NoSuchFileException("a.png")));
    }

    @Test
    void shouldLookIntoWrappers() {
        IOException cause = new IOException("the disk is full");

        assertEquals("continuo: the disk is full", Complaint.about(new UncheckedIOException(cause)));
        assertEquals("continuo: the disk is full", Complaint.about(new IllegalStateException(cause)));
    }

    @Test
    void shouldStayOnOneLineOfBoundedLength() {
        String complaint = Complaint.about(new IOException("one\ntwo\r\n\tthree" + " and so on".repeat(1000)));

        assertTrue(complaint.startsWith("continuo: one two three and"), complaint);
        assertTrue(complaint.length() < 600, complaint);
    }

    @Test
    void shouldSayWhereNativeCodeRunsWhenItDoesNot() {
        String complaint = Complaint.about(new UnsatisfiedLinkError("no onnxruntime in path"));

        assertTrue(complaint.contains(System.getProperty("os.arch")), complaint);
    }

    @Test
    void shouldSaySomethingEvenWhenThereIsNoMessage() {
        assertEquals("continuo: IOException", Complaint.about(new IOException()));
    }
}
