package io.triport.identity.sigv4;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * The body of a form that a browser uploads a file with: its fields, which come first, and the file, which streams. As the body
 * of a request it is what {@link PostPolicyMechanism} judges, so whoever reads forms puts it there before the gate is asked.
 */
public final class PostForm implements Content {
    /** The field of the key in which {@code ${filename}} stands for the name of the file. */
    public static final String KEY = "key";

    static final String BUCKET = "bucket";

    private static final String FILE_NAME = "${filename}";

    private final Map<String, String> fields;
    private final Content file;

    /**
     * @param bucket that the form is sent to
     * @param fields those before the file, by their names in any case; a name that occurs twice is for the reader to refuse
     * @param fileName as the form says it, empty for none
     */
    public PostForm(String bucket, Map<String, String> fields, String fileName, Content file) {
        var lower = new LinkedHashMap<String, String>();
        fields.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        lower.computeIfPresent(KEY, (name, key) -> key.replace(FILE_NAME, fileName));
        lower.put(BUCKET, bucket);
        this.fields = Map.copyOf(lower);
        this.file = file;
    }

    /** The value of a field, the bucket's name under {@code bucket}, the key with the file's name in it; empty when there is none. */
    public String value(String name) {
        return fields.getOrDefault(name, "");
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    /** By their names in lower case. */
    public Map<String, String> fields() {
        return fields;
    }

    @Override
    public OptionalLong length() {
        return file.length();
    }

    @Override
    public Flow.Publisher<ByteBuffer> bytes() {
        return file.bytes();
    }

    @Override
    public Content limitedTo(ByteSize most) {
        return file.limitedTo(most);
    }

    @Override
    public Bytes buffered() {
        return file.buffered();
    }

    @Override
    public void close() {
        file.close();
    }

    /** The names alone: values may be credentials. */
    @Override
    public String toString() {
        return "PostForm" + fields.keySet();
    }
}
