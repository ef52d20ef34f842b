package org.continuo.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CopyingDecoderTest {
    @Test
    void shouldSayWhatTheCacheInPlaceSays() throws ModelException {
        try (NoteModel model = TinyModel.load(TinyModel.EIGHT_BITS);
                CopyingDecoder copying = new CopyingDecoder(model, 0);
                Decoder inPlace = model.newDecoder()) {
            Random random = new Random(1);
            int[] rows = {1, 3, 5};
            for (int i = 0; i < 100; i++) {
                int token = random.nextInt(model.shape().tokens());
                assertArrayEquals(inPlace.step(token, rows, 0), copying.step(token, rows, 0), "token " + i);
            }
            assertEquals(100, copying.length());
        }
    }
}
