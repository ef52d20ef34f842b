package org.continuo.protocol.osc;

/** What can be wrong with the form of a packet, whatever it means to say. */
public enum OscFault {
    PACKET_SIZE("a packet is 4 to 8192 bytes, a multiple of 4"),
    ELEMENT_SIZE("a bundle's element does not fit"),
    BUNDLE_HEAD("a bundle starts with #bundle and a time tag"),
    BUNDLE_DEPTH("bundles nest at most 4 deep"),
    ADDRESS("an address is a slash and up to 254 more bytes of text"),
    TYPE_TAGS("type tags are a comma and up to 16 tags of OSC 1.0"),
    ARGUMENT("an argument does not fit"),
    LEFT_OVER("bytes are left over after the last argument");

    private final String text;

    OscFault(String text) {
        this.text = text;
    }

    /** The rule that was broken, in words. */
    public String text() {
        return text;
    }
}
