package org.continuo.bridge.llama;

/** llama.cpp cannot be had or refuses its work. The message is one line: what, where, and what to do. */
public final class LlamaException extends Exception {
    private static final long serialVersionUID = 1L;

    LlamaException(String message) {
        super(message);
    }

    LlamaException(String message, Throwable cause) {
        super(message, cause);
    }
}
