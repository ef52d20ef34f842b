package org.continuo.bridge.llama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LlamaParametersTest {
    @Test
    void shouldSwitchOffTheLastOfFourFieldsLeftOpen() {
        LlamaLibrary.Parameters parameters = parameters(512, 2048, 4, -1, -1, -1, -1, 0, -1);

        assertTrue(parameters.switchFlashAttentionOff());

        assertArrayEquals(new int[] {512, 2048, 4, -1, -1, -1, 0, 0, -1}, first(parameters, 9));
    }

    @Test
    void shouldTouchNothingOfALayoutItDoesNotKnow() {
        LlamaLibrary.Parameters parameters = parameters(512, 2048, 4, -1, -1, -1, 0);

        assertFalse(parameters.switchFlashAttentionOff());

        assertArrayEquals(new int[] {512, 2048, 4, -1, -1, -1, 0}, first(parameters, 7));
    }

    @Test
    void shouldTouchNothingWhereNothingIsLeftOpen() {
        LlamaLibrary.Parameters parameters = parameters(512);

        assertFalse(parameters.switchFlashAttentionOff());
    }

    @Test
    void shouldSetTheContext() {
        LlamaLibrary.Parameters parameters = parameters(512, 2048);

        parameters.setContext(4096);

        assertEquals(4096, parameters.words[0]);
        assertEquals(2048, parameters.words[1]);
    }

    private static LlamaLibrary.Parameters parameters(int... words) {
        LlamaLibrary.Parameters parameters = new LlamaLibrary.Parameters();
        System.arraycopy(words, 0, parameters.words, 0, words.length);
        return parameters;
    }

    private static int[] first(LlamaLibrary.Parameters parameters, int count) {
        return Arrays.copyOf(parameters.words, count);
    }
}
