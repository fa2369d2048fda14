package io.triport.storage.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.net.http.HttpHeaders;

/** What the account said. */
record Answer(int status, HttpHeaders headers, Bytes body) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int URI_TOO_LONG = 414;
    private static final int TOO_MANY = 429;
    private static final int FAILED = 500;
    private static final int NO_SUCH_KEY = 10_009;
    private static final int TITLE_TAKEN = 10_014;
    private static final int EXPIRES_TOO_SOON = 10_033;

    boolean ok() {
        return status == OK;
    }

    /** Whether it is about a key that is not there. */
    boolean absent() {
        return status == NOT_FOUND && code() == NO_SUCH_KEY;
    }

    boolean tooLarge() {
        return status == TOO_LARGE;
    }

    /** Whether the same call may be answered otherwise a little later. */
    boolean passing() {
        return status == TOO_MANY || status >= FAILED;
    }

    boolean tooMany() {
        return status == TOO_MANY;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    /** @throws StorageFailure when it is no success */
    JsonNode result() {
        if (!ok()) {
            throw failure();
        }
        return json().path("result");
    }

    /** Says neither what was sent nor what the account wrote about it, but its number. */
    StorageFailure failure() {
        var code = code();
        var said = "account: " + status + (code == 0 ? "" : ", code " + code);
        var theirs = code == 0 ? "" : Integer.toString(code);
        return switch (status) {
            case BAD_REQUEST ->
                switch (code) {
                    case TITLE_TAKEN -> new StorageFailure.Rejected(FailureCode.CONFLICT, said);
                    case EXPIRES_TOO_SOON -> new StorageFailure.Rejected(FailureCode.TTL_TOO_SHORT, said);
                    default -> new StorageFailure.Rejected(FailureCode.BAD_REQUEST, said);
                };
            case UNAUTHORIZED, FORBIDDEN ->
                new StorageFailure.Unavailable(FailureCode.BACKEND_AUTHENTICATION, said, theirs);
            case NOT_FOUND -> new StorageFailure.Rejected(FailureCode.NOT_FOUND, said);
            case TOO_LARGE -> new StorageFailure.LimitExceeded(FailureCode.TOO_LARGE, said);
            case URI_TOO_LONG -> new StorageFailure.LimitExceeded(FailureCode.KEY_TOO_LONG, said);
            case TOO_MANY -> new StorageFailure.Unavailable(FailureCode.OVERLOADED, said, theirs);
            default ->
                status >= FAILED
                        ? new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, said, theirs)
                        : new StorageFailure.Rejected(FailureCode.BAD_REQUEST, said);
        };
    }

    private int code() {
        return json().path("errors").path(0).path("code").asInt();
    }
}
