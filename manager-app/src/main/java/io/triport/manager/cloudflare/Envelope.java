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

    static StreamReply nothing() {
        return ok(Json.object().nullNode());
    }

    static StreamReply ok(JsonNode result) {
        return Replies.json(200, around(result));
    }

    /** Around what may be long. */
    static StreamReply streamed(UnaryOperator<LongJson> result) {
        return result.apply(new LongJson().plain("{\"success\":true,\"errors\":[],\"messages\":[],\"result\":"))
                .plain("}")
                .reply();
    }

    /** @param info of a page */
    static StreamReply ok(JsonNode result, ObjectNode info) {
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
        return Replies.json(status(problem), body)
                .with(Layer.HEADER, problem.layer().text())
                .with(refused.fields());
    }

    private static int status(Problem problem) {
        return problem == Problem.TITLE_TAKEN ? 400 : problem.status();
    }
}
