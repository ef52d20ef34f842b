package org.continuo.bridge.llama;

/** How llama.cpp attends to what it remembers. Which is faster depends on the context's length and the processor. */
enum LlamaAttention {
    /** As it chooses by itself; today in one fused operation, called flash attention, wherever it has one. */
    DEFAULT("as it chooses"),
    /** Flash attention switched off: two matrix products and a softmax. */
    PLAIN("plain attention");

    private final String words;

    LlamaAttention(String words) {
        this.words = words;
    }

    /** For people and reports. */
    @Override
    public String toString() {
        return words;
    }
}
