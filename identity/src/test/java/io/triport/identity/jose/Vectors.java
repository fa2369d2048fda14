package io.triport.identity.jose;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Published test vectors, and the verdict of our verifier on a token under a key of theirs. */
final class Vectors {
    private static final StrictJson JSON = new StrictJson(16, 1_000);

    private Vectors() {}

    static ClaimValue.Members file(String name) {
        try (var in = Vectors.class.getResourceAsStream(name)) {
            assertThat(in).as(name).isNotNull();
            return JSON.read(Bytes.copyOf(in.readAllBytes())).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param key a JWK or a set of them; secret keys are handed over as secrets, public ones as the text of a set */
    static boolean accepts(ClaimValue.Members key, String token, SignatureEngine engine) {
        var keys = key.members().containsKey("keys") ? list(key, "keys") : List.of(key);
        var jws = CompactJws.parse(token, CompactJws.MOST_LENGTH);
        if (jws.isEmpty()) {
            return false;
        }
        try {
            var verifier =
                    new JwsVerifier(algorithms(keys, jws.get().header()), HeaderRules.DEFAULT, source(keys, engine));
            return verifier.check(jws.get()) instanceof JwsVerifier.Check.Signed;
        } catch (InvalidInput | IllegalArgumentException e) {
            // Keys with which a mechanism does not start.
            return false;
        }
    }

    /** What the keys are for; where they do not say, what the token wants, so that no refusal is only for that. */
    private static Set<JwsAlgorithm> algorithms(List<ClaimValue.Members> keys, JoseHeader header) {
        var algorithms = EnumSet.noneOf(JwsAlgorithm.class);
        for (var key : keys) {
            if (key.members().containsKey("alg")) {
                JwsAlgorithm.named(text(key, "alg")).ifPresent(algorithms::add);
            } else {
                header.algorithm().ifPresent(algorithms::add);
            }
        }
        return algorithms;
    }

    private static KeySource source(List<ClaimValue.Members> keys, SignatureEngine engine) {
        if (keys.stream().allMatch(key -> text(key, "kty").equals("oct"))) {
            var secrets = new ArrayList<JwsKey>();
            for (var key : keys) {
                var secret = Secret.copyOf(Base64.getUrlDecoder().decode(text(key, "k")));
                var algorithm =
                        JwsAlgorithm.named(text(key, "alg")).orElseThrow(() -> new IllegalArgumentException("alg"));
                secrets.add(
                        key.members().containsKey("kid")
                                ? JwsKey.secret(text(key, "kid"), secret, Set.of(algorithm))
                                : JwsKey.secret(secret, Set.of(algorithm)));
            }
            return new FixedKeys(new KeySet(secrets));
        }
        var read =
                JwkSet.read(Bytes.utf8("{\"keys\":" + json(new ClaimValue.Listing(List.copyOf(keys))) + "}"), engine);
        return new FixedKeys(read instanceof JwkSet.Usable usable ? usable.keys() : new KeySet(List.of()));
    }

    static String text(ClaimValue.Members members, String name) {
        return members.members().get(name) instanceof ClaimValue.Text(var text) ? text : "";
    }

    static ClaimValue.Members members(ClaimValue.Members members, String name) {
        return (ClaimValue.Members) members.members().getOrDefault(name, new ClaimValue.Members(java.util.Map.of()));
    }

    static List<ClaimValue.Members> list(ClaimValue.Members members, String name) {
        return ((ClaimValue.Listing) members.members().getOrDefault(name, new ClaimValue.Listing(List.of())))
                .items().stream().map(item -> (ClaimValue.Members) item).toList();
    }

    static int number(ClaimValue.Members members, String name) {
        return ((ClaimValue.Numeric) members.members().getOrDefault(name, new ClaimValue.Nothing()))
                .number()
                .intValueExact();
    }

    /** Enough of a writer for what stands in the vectors. */
    static String json(ClaimValue value) {
        return switch (value) {
            case ClaimValue.Text(var text) -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
            case ClaimValue.Numeric(var number) -> number.toPlainString();
            case ClaimValue.Flag(var flag) -> Boolean.toString(flag);
            case ClaimValue.Nothing nothing -> "null";
            case ClaimValue.Listing(var items) ->
                items.stream().map(Vectors::json).collect(Collectors.joining(",", "[", "]"));
            case ClaimValue.Members(var members) ->
                members.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\":" + json(entry.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
        };
    }
}
