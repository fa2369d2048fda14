package io.triport.storage.s3;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.object.Conditions;
import io.triport.domain.object.ETag;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.time.Randomness;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Whether an endpoint keeps conditions of writes. One that does not know them stores regardless, so it is tried before the
 * first write that depends on them, with an object of the probe's own.
 */
final class ConditionProbe {
    private static final int OK = 200;
    private static final int FAILED = 412;
    private static final ETag NEVER = new ETag("0".repeat(32));

    private final Upstream upstream;
    private final Randomness randomness;
    private final AtomicReference<State> state = new AtomicReference<>(State.UNKNOWN);

    private enum State {
        UNKNOWN,
        KEPT,
        IGNORED
    }

    ConditionProbe(Upstream upstream, Randomness randomness) {
        this.upstream = upstream;
        this.randomness = randomness;
    }

    /**
     * @param near a key that the caller may write to; the probe lies beside it
     * @throws StorageFailure.Rejected UNSUPPORTED where conditions are not kept
     */
    void require(ObjectKey near) {
        if (state.get() == State.UNKNOWN) {
            state.set(probed(near) ? State.KEPT : State.IGNORED);
        }
        if (state.get() == State.IGNORED) {
            throw new StorageFailure.Rejected(
                    FailureCode.UNSUPPORTED, "s3: the endpoint keeps no conditions of writes");
        }
    }

    private boolean probed(ObjectKey near) {
        var name = Bytes.utf8(".triport-probe-" + HexFormat.of().formatHex(randomness.bytes(8)));
        var key = near.bytes().slice(0, folder(near.bytes())).concat(name);
        if (key.size() > ObjectKey.MOST_BYTES) {
            key = name;
        }
        if (put(key, Conditions.CREATE_ONLY) != OK) {
            return false;
        }
        try {
            return put(key, Conditions.CREATE_ONLY) == FAILED && put(key, Conditions.ifMatch(NEVER)) == FAILED;
        } finally {
            send("DELETE", key, Map.of(), null);
        }
    }

    /** How much of a key is before its last part. */
    private static int folder(Bytes key) {
        for (var end = key.size(); end > 0; end--) {
            if (key.at(end - 1) == '/') {
                return end;
            }
        }
        return 0;
    }

    private int put(Bytes key, Conditions conditions) {
        var body = new UploadBody(
                Content.of(Bytes.EMPTY),
                0,
                Sums.of(List.of()),
                upstream.transport().ticker());
        return send("PUT", key, ConditionFields.writing(conditions), body);
    }

    private int send(String method, Bytes key, Map<String, String> fields, @Nullable UploadBody body) {
        var answer = upstream.send(new Outgoing(method, key, List.of(), fields, body, Effect.REPEATABLE));
        if (answer.succeeded() || answer.status() == FAILED || answer.status() == 501) {
            answer.drop();
            return answer.status();
        }
        try {
            throw Failures.of(answer.error(), Effect.NONE);
        } catch (InterruptedException e) {
            throw Transport.interrupted(e, Effect.NONE);
        }
    }
}
