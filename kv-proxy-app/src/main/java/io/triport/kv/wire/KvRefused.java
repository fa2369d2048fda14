package io.triport.kv.wire;

import io.triport.identity.edge.Layer;

/** The app refuses a request in the protocol's own words. Without a stack trace: it is an answer, and hostile callers make many. */
public final class KvRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final KvError error;
    private final Layer layer;
    private final String sentence;

    private KvRefused(KvError error, Layer layer, String sentence) {
        super(error.name(), null, false, false);
        this.error = error;
        this.layer = layer;
        this.sentence = sentence;
    }

    /** The body or a header is not what the operation takes. */
    public static KvRefused invalid(String sentence) {
        return new KvRefused(KvError.VALIDATION_ERROR, Layer.REQUEST, sentence);
    }

    public static KvRefused notJson() {
        return new KvRefused(KvError.INVALID_JSON, Layer.REQUEST, "Invalid JSON body");
    }

    /** The key does not reach so far. */
    public static KvRefused denied(KvError error, String sentence) {
        return new KvRefused(error, Layer.IDENTITY, sentence);
    }

    public static KvRefused conflict() {
        return new KvRefused(
                KvError.IDEMPOTENCY_CONFLICT, Layer.STORAGE, "Idempotency-Key was used for another request");
    }

    public KvError error() {
        return error;
    }

    public Layer layer() {
        return layer;
    }

    public String sentence() {
        return sentence;
    }
}
