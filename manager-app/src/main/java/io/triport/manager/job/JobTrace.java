package io.triport.manager.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.table.JobProgress;
import io.triport.domain.table.JsonText;
import io.triport.manager.answer.Json;
import java.time.Instant;

/** How a job came as far as it is, in a few points, beside the position of its work. */
final class JobTrace {
    /*
     * A batch adds a point. When there are too many every second one goes, so that they stay spread over the whole job and the
     * row stays small.
     */
    static final int MOST_POINTS = 200;

    private JobTrace() {}

    /** The position of the work. */
    static JsonNode position(JobProgress progress) {
        return whole(progress).path("position");
    }

    /** The points so far, each as time in milliseconds, processed items and errors. */
    static ArrayNode points(JobProgress progress) {
        return whole(progress).path("points") instanceof ArrayNode points ? points : Json.array();
    }

    static JsonText after(JobProgress before, JobProgress now, ObjectNode position, Instant at) {
        var points = points(before);
        points.add(Json.array().add(at.toEpochMilli()).add(now.processed()).add(now.errors()));
        var whole = Json.object();
        whole.set("position", position);
        whole.set("points", points.size() > MOST_POINTS ? thinned(points) : points);
        return new JsonText(whole.toString());
    }

    private static ArrayNode thinned(ArrayNode points) {
        var fewer = Json.array();
        for (var at = points.size() % 2 == 0 ? 1 : 0; at < points.size(); at += 2) {
            fewer.add(points.get(at));
        }
        return fewer;
    }

    private static JsonNode whole(JobProgress progress) {
        return progress.checkpoint().isNone()
                ? Json.object()
                : Json.parse(progress.checkpoint().text());
    }
}
