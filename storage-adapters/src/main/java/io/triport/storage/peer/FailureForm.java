package io.triport.storage.peer;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.ForeignError;
import io.triport.domain.failure.StatementError;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;

/** What was thrown, between nodes: what a caller can tell apart is told apart on the other side. */
final class FailureForm {
    private static final int MOST_STATUS = 599;

    private enum Kind {
        UNAVAILABLE,
        LIMIT,
        CORRUPT,
        DENIED,
        REJECTED,
        INPUT,
        CODE
    }

    private FailureForm() {}

    static Bytes write(Throwable thrown) {
        return switch (thrown) {
            case StorageFailure.Unavailable e ->
                failure(Kind.UNAVAILABLE, e).text(e.theirCode()).done();
            case StorageFailure.LimitExceeded e ->
                failure(Kind.LIMIT, e)
                        .number(e.retryAfter().map(Duration::toMillis).orElse(0L))
                        .done();
            case StorageFailure.Corrupt e -> failure(Kind.CORRUPT, e).done();
            case StorageFailure.AccessDenied e -> failure(Kind.DENIED, e).done();
            case StorageFailure.Rejected e -> failure(Kind.REJECTED, e).done();
            case InvalidInput e ->
                new Packed()
                        .number(Kind.INPUT.ordinal())
                        .text(e.field())
                        .text(e.expectation())
                        .done();
            default ->
                new Packed()
                        .number(Kind.CODE.ordinal())
                        .text(thrown.getClass().getName())
                        .done();
        };
    }

    private static Packed failure(Kind kind, StorageFailure e) {
        return new Packed()
                .number(kind.ordinal())
                .text(e.code().name())
                .text(String.valueOf(e.getMessage()))
                .number(e.foreign().map(ForeignError::status).orElse(0))
                .text(e.foreign().map(ForeignError::code).orElse(""))
                .number(e.statement().map(StatementError::index).orElse(0))
                .text(e.statement().map(StatementError::code).orElse(""))
                .text(e.statement().map(StatementError::reason).orElse(""));
    }

    /** @throws InvalidInput for what is no failure */
    static RuntimeException read(Bytes bytes) {
        var from = new Unpacked(bytes);
        var kind = Kind.values()[from.count(Kind.values().length - 1)];
        return switch (kind) {
            case INPUT -> new InvalidInput(from.text(), from.text());
            case CODE -> new FailedThere(from.text());
            default -> failure(kind, from);
        };
    }

    private static StorageFailure failure(Kind kind, Unpacked from) {
        var code = code(from.text());
        var message = from.text();
        var status = from.count(MOST_STATUS);
        var theirs = from.text();
        var index = from.count(Integer.MAX_VALUE);
        var statement = from.text();
        var reason = from.text();
        var failure = switch (kind) {
            case UNAVAILABLE -> new StorageFailure.Unavailable(code, message, from.text());
            case LIMIT -> new StorageFailure.LimitExceeded(code, message, Duration.ofMillis(from.number()));
            case CORRUPT -> new StorageFailure.Corrupt(message);
            case DENIED -> new StorageFailure.AccessDenied(message);
            case REJECTED -> new StorageFailure.Rejected(code, message);
            case INPUT, CODE -> throw new IllegalStateException("a failure of storage: " + kind);
        };
        if (status > 0) {
            failure.calledBy(new ForeignError(status, theirs));
        }
        return reason.isEmpty() ? failure : failure.at(new StatementError(index, statement, reason));
    }

    private static FailureCode code(String name) {
        try {
            return FailureCode.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("failure", "a code that this version knows");
        }
    }
}
