package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.manager.access.Standing;
import io.triport.manager.answer.Json;
import io.triport.manager.route.Call;

/**
 * Whose schedule it is, as he was when he set it.
 *
 * @param unique as {@link io.triport.domain.identity.PrincipalId#unique} tells him
 */
record Owner(Standing standing, String unique) {
    static Owner of(Call call) {
        return new Owner(call.caller().standing(), call.grant().principal().id().unique());
    }

    /** As the audit names him. */
    String user() {
        return standing.user();
    }

    static Owner read(JsonNode node) {
        return new Owner(
                Standing.read(node.path("standing")), node.path("unique").asText());
    }

    ObjectNode written() {
        return Json.object().put("unique", unique).set("standing", standing.toJson());
    }
}
