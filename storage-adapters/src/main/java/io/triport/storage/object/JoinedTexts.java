package io.triport.storage.object;

import io.triport.domain.object.HttpMetadata;
import io.triport.domain.request.Bytes;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Texts by their names as rows keep them: one after the other in the order of the names, each behind its length. */
public record JoinedTexts(Map<String, String> texts) {
    public JoinedTexts {
        texts = Map.copyOf(texts);
    }

    public static JoinedTexts of(HttpMetadata http) {
        var texts = new HashMap<String, String>();
        http.fields().forEach((field, value) -> texts.put(field.name(), value));
        return new JoinedTexts(texts);
    }

    public static JoinedTexts parse(Bytes joined) {
        if (joined.isEmpty()) {
            return new JoinedTexts(Map.of());
        }
        var texts = new HashMap<String, String>();
        var rest = joined.toByteBuffer();
        while (rest.hasRemaining()) {
            texts.put(next(rest), next(rest));
        }
        return new JoinedTexts(texts);
    }

    /** The texts as the fields that they were made of. */
    public HttpMetadata http() {
        if (texts.isEmpty()) {
            return HttpMetadata.NONE;
        }
        var fields = new EnumMap<HttpMetadata.Field, String>(HttpMetadata.Field.class);
        texts.forEach((field, value) -> fields.put(HttpMetadata.Field.valueOf(field), value));
        return new HttpMetadata(fields);
    }

    public Bytes bytes() {
        var all = Bytes.EMPTY;
        for (var entry : new TreeMap<>(texts).entrySet()) {
            all = all.concat(measured(entry.getKey())).concat(measured(entry.getValue()));
        }
        return all;
    }

    private static Bytes measured(String text) {
        var bytes = Bytes.utf8(text);
        return Bytes.from(ByteBuffer.allocate(Integer.BYTES + bytes.size())
                .putInt(bytes.size())
                .put(bytes.toByteBuffer())
                .flip());
    }

    private static String next(ByteBuffer rest) {
        var length = rest.getInt();
        var text = Bytes.from(rest.slice(rest.position(), length)).toUtf8();
        rest.position(rest.position() + length);
        return text;
    }
}
