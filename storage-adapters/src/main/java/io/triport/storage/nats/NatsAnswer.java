package io.triport.storage.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Message;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.io.IOException;
import java.util.Set;

/** What a server says, in the words of its API. */
final class NatsAnswer {
    static final int NO_STREAM = 10_059;

    private static final int NO_ERROR = 0;
    /** The storage of the server or the account, the bytes and the messages of the stream. */
    private static final Set<Integer> FULL = Set.of(10_002, 10_023, 10_028, 10_047, 10_077);

    private static final ObjectMapper JSON = new ObjectMapper();

    private NatsAnswer() {}

    /** @throws StorageFailure.Unavailable UNAVAILABLE for what is no JSON */
    static JsonNode parse(Message message) {
        try {
            return JSON.readTree(message.getData());
        } catch (IOException e) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "nats: an answer that is no JSON", e);
        }
    }

    /** The server's number of an error, 0 for none. */
    static int code(JsonNode answer) {
        return answer.path("error").path("err_code").asInt(NO_ERROR);
    }

    /** @throws StorageFailure.Unavailable for an error */
    static void require(JsonNode answer) {
        if (answer.has("error")) {
            throw failure(answer);
        }
    }

    static boolean isFull(JsonNode answer) {
        return FULL.contains(code(answer));
    }

    static StorageFailure failure(JsonNode answer) {
        return new StorageFailure.Unavailable(
                isFull(answer) ? FailureCode.FULL : FailureCode.UNAVAILABLE,
                "nats: " + code(answer) + " "
                        + answer.path("error").path("description").asText());
    }

    static Extent extent(JsonNode answer) {
        var state = answer.path("state");
        var last = state.path("last_seq").asLong();
        var first = state.path("messages").asLong() == 0
                ? last + 1
                : state.path("first_seq").asLong();
        return new Extent(answer.path("created").asText(), first, last);
    }

    /** The body of a message of a stream. */
    static Bytes data(JsonNode answer) {
        try {
            return Bytes.copyOf(answer.path("message").path("data").binaryValue());
        } catch (IOException | NullPointerException e) {
            throw new StorageFailure.Corrupt("nats: a message without a body");
        }
    }
}
