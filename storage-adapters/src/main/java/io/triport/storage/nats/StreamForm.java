package io.triport.storage.nats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.QueueServer;
import java.nio.charset.StandardCharsets;

/** What the stream of the queues is like. Whoever made it: one that drops messages by itself would drop what queues keep. */
final class StreamForm {
    private StreamForm() {}

    /** The subject of its messages. */
    static String subject(QueueServer server) {
        return server.stream();
    }

    /** What is asked of the server, where it has none. */
    static byte[] made(QueueServer server) {
        var form = JsonNodeFactory.instance.objectNode();
        form.put("name", server.stream());
        form.putArray("subjects").add(subject(server));
        form.put("retention", "limits");
        form.put("storage", "file");
        form.put("discard", "new");
        form.put("num_replicas", server.replicas());
        form.put("max_consumers", -1);
        form.put("max_msgs", -1);
        form.put("max_bytes", -1);
        form.put("max_age", 0);
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws StorageFailure.Rejected UNSUPPORTED for a stream that keeps less than queues promise */
    static void require(JsonNode answer, QueueServer server) {
        var form = answer.path("config");
        require(server, form, "storage", "file");
        require(server, form, "retention", "limits");
        require(server, form, "discard", "new");
        var subjects = form.path("subjects");
        if (subjects.size() != 1 || !subjects.path(0).asText().equals(subject(server))) {
            throw other(server, "subjects", subjects, "[\"" + subject(server) + "\"]");
        }
        if (form.path("max_age").asLong() != 0) {
            throw other(server, "max_age", form.path("max_age"), "none");
        }
        if (form.path("sealed").asBoolean() || form.path("deny_purge").asBoolean()) {
            throw other(server, "deny_purge", form.path("deny_purge"), "false, and not sealed");
        }
        if (form.path("num_replicas").asInt() < server.replicas()) {
            throw other(server, "num_replicas", form.path("num_replicas"), server.replicas() + " or more");
        }
    }

    private static void require(QueueServer server, JsonNode form, String name, String expected) {
        if (!form.path(name).asText().equals(expected)) {
            throw other(server, name, form.path(name), expected);
        }
    }

    private static StorageFailure other(QueueServer server, String name, JsonNode value, String expected) {
        return new StorageFailure.Rejected(
                FailureCode.UNSUPPORTED,
                "nats: stream " + server.stream() + " has " + name + " " + value + " (expected: " + expected + ")");
    }
}
