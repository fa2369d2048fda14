package io.triport.kv;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.hmac.ScriptText;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.KvRefused;
import java.util.List;
import java.util.Optional;

/** The fields of a request's body, with the readings that all operations share (protocol sections 3 and 4). */
record CommandBody(Json.Members members) {
    /** @throws KvRefused when the body is blank or not a JSON object */
    static CommandBody required(Bytes body) {
        if (blank(body)) {
            throw KvRefused.invalid("Invalid body");
        }
        return of(body);
    }

    /** A blank body is one without fields. @throws KvRefused when it is anything else than a JSON object */
    static CommandBody of(Bytes body) {
        if (blank(body)) {
            return new CommandBody(Json.Members.NONE);
        }
        try {
            if (JsonReader.read(body) instanceof Json.Members members) {
                return new CommandBody(members);
            }
        } catch (InvalidInput e) {
            throw KvRefused.notJson();
        }
        throw KvRefused.invalid("Invalid body");
    }

    Optional<Json> get(String name) {
        return members.get(name);
    }

    Optional<String> text(String name) {
        return members.text(name);
    }

    Optional<Double> number(String name) {
        return members.number(name);
    }

    /** Empty where there is none: blank, absent and not a text are the same. */
    String namespace() {
        return text("namespace").map(ScriptText::trim).orElse("");
    }

    /** Stored as it is, with its blanks. */
    String key() {
        return text("key")
                .filter(key -> !ScriptText.blank(key))
                .orElseThrow(() -> KvRefused.invalid("key is required"));
    }

    /** The original's {@code arrayBuffer} never gave a value; saying so beats an empty object. */
    KvCommand.Type type() {
        return switch (text("type").orElse("text")) {
            case "json" -> KvCommand.Type.JSON;
            case "arrayBuffer" -> throw KvRefused.invalid("type arrayBuffer is not supported");
            default -> KvCommand.Type.TEXT;
        };
    }

    List<String> keys(int most) {
        return array("keys", most).stream()
                .map(item -> {
                    if (item instanceof Json.Text text && !ScriptText.blank(text.value())) {
                        return text.value();
                    }
                    throw KvRefused.invalid("keys must be strings that are not blank");
                })
                .toList();
    }

    List<Json> array(String name, int most) {
        if (get(name).orElse(null) instanceof Json.Array array
                && !array.items().isEmpty()
                && array.items().size() <= most) {
            return array.items();
        }
        throw KvRefused.invalid(name + " must be an array of 1.." + most);
    }

    private static boolean blank(Bytes body) {
        for (var i = 0; i < body.size(); i++) {
            if (" \t\r\n".indexOf(body.at(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
