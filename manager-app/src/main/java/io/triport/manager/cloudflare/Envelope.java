package io.triport.manager.cloudflare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.identity.edge.Layer;
import io.triport.identity.stream.StreamReply;
import io.triport.manager.answer.Json;
import io.triport.manager.answer.LongJson;
import io.triport.manager.answer.Problem;
import io.triport.manager.answer.Refused;
import io.triport.manager.answer.Replies;
import java.util.function.UnaryOperator;

/** What stands around every answer of Cloudflare's API. */
public final class Envelope {
    /** The beginning of all its paths. */
    public static final String BASE = "/client/v4/";

    private Envelope() {}

    /** There is nothing to show. */
    public static StreamReply nothing() {
        return ok(Json.object().nullNode());
    }

    public static StreamReply ok(JsonNode result) {
        return Replies.json(200, around(result));
    }

    /** Around what may be long. */
    public static StreamReply streamed(UnaryOperator<LongJson> result) {
        return around(result).reply();
    }

    /** Around what may be long, held in memory so that it can be kept for who asks again. */
    public static StreamReply held(UnaryOperator<LongJson> result) {
        return around(result).held();
    }

    private static LongJson around(UnaryOperator<LongJson> result) {
        return result.apply(new LongJson().plain("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":"))
                .plain("}");
    }

    /** @param info of a page */
    public static StreamReply ok(JsonNode result, ObjectNode info) {
        return Replies.json(200, around(result).set("result_info", info));
    }

    private static ObjectNode around(JsonNode result) {
        return Json.object()
                .put("success", true)
                .<ObjectNode>set("errors", Json.array())
                .<ObjectNode>set("messages", Json.array())
                .set("result", result);
    }

    /** A refusal in its words. */
    public static StreamReply error(Refused refused) {
        var problem = refused.problem();
        var error = Json.object().put("code", problem.number()).put("message", refused.sentence());
        var body = Json.object()
                .put("success", false)
                .<ObjectNode>set("errors", Json.array().add(error))
                .<ObjectNode>set("messages", Json.array())
                .putNull("result");
        var reply = Replies.json(status(problem), body)
                .with(Layer.HEADER, problem.layer().text())
                .with(refused.fields());
        return switch (problem) {
            // Their SDK calls again by itself after every 5xx but for this word.
            case OUTCOME_UNKNOWN, UNSUPPORTED -> reply.with("X-Should-Retry", "false");
            default -> reply;
        };
    }

    /** Clients call again after 409, and what is taken stays taken. */
    private static int status(Problem problem) {
        return switch (problem) {
            case TITLE_TAKEN, INDEX_TAKEN, DATABASE_TAKEN, QUEUE_TAKEN -> 400;
            default -> problem.status();
        };
    }
}
