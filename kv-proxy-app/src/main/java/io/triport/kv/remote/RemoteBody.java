package io.triport.kv.remote;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.kv.wire.Json;
import io.triport.kv.wire.JsonReader;
import io.triport.kv.wire.KvRefused;
import io.triport.kv.wire.RemoteRefused;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The members of a request's body, which is a JSON object. Unknown ones are ignored; known ones of another kind are refused. */
record RemoteBody(Json.Members members) {
    /** @throws KvRefused when it is not JSON. @throws RemoteRefused BAD_REQUEST when it is not an object */
    static RemoteBody of(Bytes body) {
        try {
            if (JsonReader.read(body) instanceof Json.Members members) {
                return new RemoteBody(members);
            }
        } catch (InvalidInput e) {
            throw KvRefused.notJson();
        }
        throw wrong("The body", "a JSON object");
    }

    static RemoteBody of(Json json, String what) {
        if (json instanceof Json.Members members) {
            return new RemoteBody(members);
        }
        throw wrong(what, "a JSON object");
    }

    /** A text that is one of a kind, such as a name. @param expected for people */
    <T> T named(String name, Function<String, T> kind, String expected) {
        return named(text(name), name, kind, expected);
    }

    static <T> T named(String text, String what, Function<String, T> kind, String expected) {
        try {
            return kind.apply(text);
        } catch (InvalidInput e) {
            throw wrong(what, expected);
        }
    }

    /** A whole number within bounds. */
    int whole(String name, int usual, int most) {
        var number = whole(name).orElse((long) usual);
        if (number < 1 || number > most) {
            throw wrong(name, "1.." + most);
        }
        return number.intValue();
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "a text"));
    }

    Optional<String> optionalText(String name) {
        return present(name).map(json -> {
            if (json instanceof Json.Text(var text)) {
                return text;
            }
            throw wrong(name, "a text");
        });
    }

    /** A whole number. */
    Optional<Long> whole(String name) {
        return present(name).map(json -> {
            if (json instanceof Json.Numeral(var digits)) {
                try {
                    return new BigDecimal(digits).longValueExact();
                } catch (ArithmeticException | NumberFormatException e) {
                    // The latter for an exponent that no number has.
                    throw wrong(name, "a whole number");
                }
            }
            throw wrong(name, "a whole number");
        });
    }

    Optional<Boolean> truth(String name) {
        return present(name).map(json -> {
            if (json instanceof Json.Truth(var truth)) {
                return truth;
            }
            throw wrong(name, "true or false");
        });
    }

    /** Empty when it is not there. */
    List<Json> list(String name) {
        return present(name)
                .map(json -> {
                    if (json instanceof Json.Array(var items)) {
                        return items;
                    }
                    throw wrong(name, "an array");
                })
                .orElse(List.of());
    }

    /** Base64 (RFC 4648 section 4). */
    Bytes bytes(String name) {
        try {
            return Bytes.copyOf(Base64.getDecoder().decode(text(name)));
        } catch (IllegalArgumentException e) {
            throw wrong(name, "base64");
        }
    }

    /** A member that is null counts as absent. */
    Optional<Json> present(String name) {
        return members.get(name).filter(json -> !(json instanceof Json.Null));
    }

    static RemoteRefused wrong(String what, String expected) {
        return RemoteRefused.of(FailureCode.BAD_REQUEST, what + " is not " + expected);
    }
}
