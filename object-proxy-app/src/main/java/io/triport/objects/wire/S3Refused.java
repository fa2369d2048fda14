package io.triport.objects.wire;

import io.triport.domain.failure.ForeignError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A request that is answered with an error. The message is for the client, and repeats no credential. */
public final class S3Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final S3Error error;
    private final int status;
    private final String code;
    private final LinkedHashMap<String, String> elements = new LinkedHashMap<>();
    private final LinkedHashMap<String, String> fields = new LinkedHashMap<>();

    S3Refused(S3Error error, String message) {
        this(error, error.status(), error.code(), message);
    }

    private S3Refused(S3Error error, int status, String code, String message) {
        super(message, null, false, false);
        this.error = error;
        this.status = status;
        this.code = code;
    }

    /** What an endpoint behind this one refused, by the name that it has there. @param nearest of ours */
    public static S3Refused foreign(ForeignError foreign, S3Error nearest) {
        return S3Error.known(foreign.code())
                .filter(known -> known.status() == foreign.status())
                .map(S3Error::refused)
                .orElseGet(() -> new S3Refused(
                        nearest, foreign.status(), foreign.code(), "The storage behind this endpoint refused this."));
    }

    /** With a further element in its document. */
    public S3Refused with(String element, String text) {
        elements.put(element, text);
        return this;
    }

    /** With a header field of its answer. */
    public S3Refused field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    public S3Error error() {
        return error;
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        var message = getMessage();
        return message == null ? error.message() : message;
    }

    public SequencedMap<String, String> elements() {
        return new LinkedHashMap<>(elements);
    }

    public Map<String, String> fields() {
        return Map.copyOf(fields);
    }
}
