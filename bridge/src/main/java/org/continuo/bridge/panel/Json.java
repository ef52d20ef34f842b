package org.continuo.bridge.panel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** JSON as the panel takes and writes it. Stateless, thread-safe. */
final class Json {
    /** Far more than any request of ours has. */
    private static final int DEEPEST = 8;

    private static final int LONGEST_NUMBER = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxStringLength(PanelLimits.JSON_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Writes something. */
    interface Writing {
        void to(JsonGenerator out) throws IOException;
    }

    private Json() {}

    static byte[] bytes(Writing writing) {
        return write(writing).toByteArray();
    }

    /** The same as a line of its own. */
    static byte[] line(Writing writing) {
        ByteArrayOutputStream bytes = write(writing);
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static ByteArrayOutputStream write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
        return bytes;
    }

    /** Reads one object. */
    static JsonNode object(byte[] text) throws Refusal {
        JsonNode node;
        try {
            node = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new Refusal("not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Refusal("not JSON: " + e.getMessage());
        }
        if (!node.isObject()) {
            throw new Refusal("not a JSON object");
        }
        return node;
    }
}
