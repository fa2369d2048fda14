package io.triport.manager.durable;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.request.Bytes;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes as people read them: text where they are some, else hexadecimal digits. */
record ReadableBytes(String encoding, String text) {
    private static final String LAYOUT = "\t\n\r";

    /** @param whole whether nothing follows; else the last character may be cut, and is left out */
    static ReadableBytes of(Bytes bytes, boolean whole) {
        return text(bytes, whole)
                .map(text -> new ReadableBytes("text", text))
                .orElseGet(() -> new ReadableBytes("hex", bytes.toHex()));
    }

    ObjectNode in(ObjectNode shown, String name) {
        return shown.put(name, text).put(name + "_encoding", encoding);
    }

    private static Optional<String> text(Bytes bytes, boolean whole) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var text = CharBuffer.allocate(bytes.size());
        if (decoder.decode(bytes.toByteBuffer(), text, whole).isError()) {
            return Optional.empty();
        }
        return Optional.of(text.flip().toString()).filter(ReadableBytes::printed);
    }

    private static boolean printed(String text) {
        return text.chars().noneMatch(one -> Character.isISOControl(one) && LAYOUT.indexOf(one) < 0);
    }
}
