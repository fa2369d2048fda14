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

    private final Kind kind;
    private final String sentence;
    private final transient @Nullable StatementError statement;
    private final Duration wait;

    /** What did not hold where that is an outcome of the port, and an error on the wire all the same. */
    public enum Unheld {
        PRECONDITION_FAILED(412, "A condition of the request does not hold"),
        RANGE_INVALID(416, "There is nothing in the range"),
        CHECKSUM_MISMATCH(400, "The body does not have the checksum");

        private final int status;
        private final String sentence;

        Unheld(int status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }
    }

    /** What stands on the wire. */
    private record Kind(String code, int status, FailureCode.Retry retry, Layer layer, Level level)
            implements java.io.Serializable {
        static Kind of(FailureCode code) {
            return new Kind(
                    code.name(),
                    code.httpStatus(),
                    code.retry(),
                    code == FailureCode.DENIED ? Layer.IDENTITY : Layer.STORAGE,
                    switch (code) {
                        case CORRUPT -> Level.ERROR;
                        case FENCED, UNAVAILABLE, OVERLOADED, FULL, OUTCOME_UNKNOWN, BACKEND_AUTHENTICATION ->
                            Level.WARN;
                        default -> Level.DEBUG;
                    });
        }

        static Kind of(Unheld unheld) {
            return new Kind(unheld.name(), unheld.status, FailureCode.Retry.NEVER, Layer.STORAGE, Level.DEBUG);
        }
    }

    private RemoteRefused(Kind kind, String sentence, @Nullable StatementError statement, Duration wait) {
        super(kind.code(), null, false, false);
        this.kind = kind;
        this.sentence = sentence;
        this.statement = statement;
        this.wait = wait;
    }

    /** Nobody knows whether it has happened. @param sentence for people */
    public static RemoteRefused unknownOutcome(String sentence) {
        return of(FailureCode.OUTCOME_UNKNOWN, sentence);
    }

    /** The caller asks for something that is not to be had. @param sentence for people */
    public static RemoteRefused of(FailureCode code, String sentence) {
        return new RemoteRefused(Kind.of(code), sentence, null, SOON);
    }

    /** Something that the caller has made a condition is not so; nothing has happened. */
    public static RemoteRefused of(Unheld unheld) {
        return new RemoteRefused(Kind.of(unheld), unheld.sentence, null, SOON);
    }

    /** Does what a caller asks of a port, and words what goes wrong. */
    public static <T> T wording(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageFailure e) {
            throw new RemoteRefused(
                    Kind.of(e.code()), sentence(e.code()), e.statement().orElse(null), wait(e));
        }
    }

    EdgeAnswer answer() {
        var json = new JsonWriter()
                .beginObject()
                .name("code")
                .text(kind.code())
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
                new EdgeAnswer(kind.status(), KvError.JSON, json.endObject().bytes(), KvError.HEADERS);
        return kind.retry() == FailureCode.Retry.SAFE
                ? answer.with(
                        "Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()))
                : answer;
    }

    private static Duration wait(StorageFailure failure) {
        return failure instanceof StorageFailure.LimitExceeded limit
                ? limit.retryAfter().orElse(SOON)
                : SOON;
    }

    /** Whether it may have happened all the same. */
    boolean unknown() {
        return kind.retry() == FailureCode.Retry.UNKNOWN;
    }

    Layer layer() {
        return kind.layer();
    }

    Level level() {
        return kind.level();
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
