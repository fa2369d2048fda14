package io.triport.storage.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import java.util.List;

/** What a server's refusals mean. */
final class RedisFailures {
    private static final String NO_MEMORY = "OOM command not allowed";
    private static final String OTHER_NODE = "MOVED ";

    /** Words with which a server begins what it answers to a command that it has not begun. */
    private static final List<String> NOT_BEGUN = List.of(
            "LOADING ",
            "READONLY ",
            "MASTERDOWN ",
            "BUSY ",
            "CLUSTERDOWN ",
            "TRYAGAIN ",
            "ASK ",
            "MISCONF ",
            "NOREPLICAS ",
            "ERR max number of clients");

    private static final List<String> NOT_KNOWN = List.of("NOAUTH ", "WRONGPASS ", "NOPERM ", "ERR invalid password");

    private RedisFailures() {}

    /**
     * Of a command that was handed on.
     *
     * @param unanswered what is to be said where nobody knows what came of it
     */
    static StorageFailure.Unavailable of(RuntimeException failure, FailureCode unanswered) {
        if (failure instanceof RedisCommandExecutionException refused) {
            return refused(refused, unanswered);
        }
        return new StorageFailure.Unavailable(unanswered, "redis: no answer", failure);
    }

    /** Of a connection that did not come about. */
    static StorageFailure.Unavailable unconnected(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException refused) {
                return refused(refused, FailureCode.UNAVAILABLE);
            }
        }
        return new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "redis: no connection", failure);
    }

    private static StorageFailure.Unavailable refused(RedisCommandExecutionException refused, FailureCode unanswered) {
        var message = String.valueOf(refused.getMessage());
        // Older servers put other words before the refusal of a command in a script.
        if (message.contains(NO_MEMORY)) {
            return new StorageFailure.Unavailable(
                    FailureCode.FULL, "redis: no memory (expected: a larger maxmemory)", refused);
        }
        if (message.startsWith(OTHER_NODE)) {
            return new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "redis: the keys are on another node (expected: no cluster)", refused);
        }
        if (begins(message, NOT_KNOWN)) {
            return new StorageFailure.Unavailable(
                    FailureCode.BACKEND_AUTHENTICATION, "redis: the server does not know us", refused);
        }
        return new StorageFailure.Unavailable(
                begins(message, NOT_BEGUN) ? FailureCode.UNAVAILABLE : unanswered, "redis: refused", refused);
    }

    private static boolean begins(String message, List<String> words) {
        return words.stream().anyMatch(message::startsWith);
    }
}
