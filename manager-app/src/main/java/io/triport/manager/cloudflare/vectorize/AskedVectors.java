package io.triport.manager.cloudflare.vectorize;

import com.fasterxml.jackson.databind.JsonNode;
import io.triport.domain.vector.VectorFilter;
import io.triport.domain.vector.VectorNamespace;
import io.triport.domain.vector.VectorQuery;
import io.triport.domain.vector.VectorQuery.Returned;
import io.triport.domain.vector.VectorValues;
import io.triport.manager.answer.Fields;
import io.triport.manager.answer.Json;

/** A search as clients send it. @param values that matches have to be near */
record AskedVectors(VectorValues values, VectorQuery query) {
    private static final int USUAL = 5;

    static AskedVectors of(JsonNode json) {
        var fields = new Fields(json);
        var values = values(fields);
        var topK = Math.clamp(fields.whole("topK").orElse(USUAL), Integer.MIN_VALUE, Integer.MAX_VALUE);
        var returned = new Returned(
                fields.flag("returnValues") ? Returned.Values.WHOLE : Returned.Values.LEFT_OUT, metadata(fields));
        var where = fields.text("namespace")
                .<VectorQuery.Where>map(name -> new VectorQuery.Where.Within(VectorNamespace.of(name)))
                .orElse(VectorQuery.Where.EVERYWHERE);
        var target = new VectorQuery.Target.Values(values);
        return new AskedVectors(values, new VectorQuery(target, topK, where, filter(fields), returned));
    }

    private static VectorValues values(Fields fields) {
        var sent = fields.any("vector").filter(JsonNode::isArray);
        var numbers = sent.orElseThrow(() -> Fields.invalid("vector", "a list of numbers"));
        var values = new float[numbers.size()];
        for (var at = 0; at < values.length; at++) {
            if (!numbers.get(at).isNumber()) {
                throw Fields.invalid("vector", "a list of numbers");
            }
            values[at] = numbers.get(at).floatValue();
        }
        return VectorValues.of(values);
    }

    /** Older clients say whether, newer ones say which. */
    private static Returned.Metadata metadata(Fields fields) {
        var wanted = fields.any("returnMetadata").orElse(Json.object().textNode("none"));
        return switch (wanted.asText()) {
            case "none", "false" -> Returned.Metadata.NONE;
            case "indexed" -> Returned.Metadata.INDEXED;
            case "all", "true" -> Returned.Metadata.ALL;
            default -> throw Fields.invalid("returnMetadata", "none, indexed or all");
        };
    }

    /** An object without members asks for nothing. */
    private static VectorFilter filter(Fields fields) {
        return fields.any("filter")
                .filter(filter -> !filter.isObject() || !filter.isEmpty())
                .map(filter -> VectorFilter.parse(filter.toString()))
                .orElse(VectorFilter.NONE);
    }
}
