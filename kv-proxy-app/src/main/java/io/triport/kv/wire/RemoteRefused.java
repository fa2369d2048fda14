package io.triport.kv.wire;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.identity.connection.EdgeAnswer;
import io.triport.identity.edge.Layer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * A call of a port that is not KV has failed: in the words of the storage contract (section 1.3), since the KV protocol has none.
 * Without a stack trace: it is an answer, and hostile callers make many.
 */
public final class RemoteRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** To be tried again where nobody says when. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final FailureCode code;
    private final String sentence;
    private final transient @Nullable StatementError statement;
    private final Duration wait;

    private RemoteRefused(FailureCode code, String sentence, @Nullable StatementError statement, Duration wait) {
        super(code.name(), null, false, false);
        this.code = code;
        this.sentence = sentence;
        this.statement = statement;
        this.wait = wait;
    }

    static RemoteRefused unknownOutcome() {
        return new RemoteRefused(
                FailureCode.OUTCOME_UNKNOWN,
                "A call with this Idempotency-Key has begun, and nobody knows its end",
                null,
                SOON);
    }

    /** The caller asks for something that is not to be had. @param sentence for people */
    public static RemoteRefused of(FailureCode code, String sentence) {
        return new RemoteRefused(code, sentence, null, SOON);
    }

    /** Does what a caller asks of a port, and words what goes wrong. */
    public static <T> T wording(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw new RemoteRefused(e.code(), sentence(e.code()), e.statement().orElse(null), wait(e));
        }
    }

    EdgeAnswer answer() {
        var json = new JsonWriter()
                .beginObject()
                .name("code")
                .text(code.name())
                .name("message")
                .text(statement == null ? sentence : statement.reason());
        if (statement != null) {
            json.name("statement")
                    .beginObject()
                    .name("index")
                    .number(statement.index())
                    .name("code")
                    .text(statement.code())
                    .endObject();
        }
        var answer =
                new EdgeAnswer(code.httpStatus(), KvError.JSON, json.endObject().bytes(), KvError.HEADERS);
        return code.retry() == FailureCode.Retry.SAFE
                ? answer.with(
                        "Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()))
                : answer;
    }

    private static Duration wait(StorageFailure failure) {
        return failure instanceof StorageFailure.LimitExceeded limit
                ? limit.retryAfter().orElse(SOON)
                : SOON;
    }

    Layer layer() {
        return code == FailureCode.DENIED ? Layer.IDENTITY : Layer.STORAGE;
    }

    Level level() {
        return switch (code) {
            case CORRUPT -> Level.ERROR;
            case FENCED, UNAVAILABLE, OVERLOADED, FULL, OUTCOME_UNKNOWN, BACKEND_AUTHENTICATION -> Level.WARN;
            default -> Level.DEBUG;
        };
    }

    private static String sentence(FailureCode code) {
        return switch (code) {
            case BAD_REQUEST, TTL_TOO_SHORT, EXPIRES_IN_PAST -> "The request is not valid";
            case BAD_CURSOR -> "The cursor is not valid for this list";
            case DENIED -> "The key may not do this";
            case NOT_FOUND -> "There is no such resource";
            case CONFLICT -> "Something else is there already";
            case TOO_LARGE -> "What is sent or asked for is too large";
            case KEY_TOO_LONG -> "The name is too long";
            case THROTTLED -> "There is no more room at the moment";
            case FENCED, OVERLOADED, UNAVAILABLE, BACKEND_AUTHENTICATION -> "Storage is not available";
            case FULL -> "There is no room for what is to be stored";
            case OUTCOME_UNKNOWN -> "It may have happened, or not";
            case UNSUPPORTED -> "This is not to be had here";
            case CORRUPT -> "What is stored is damaged";
        };
    }
}
