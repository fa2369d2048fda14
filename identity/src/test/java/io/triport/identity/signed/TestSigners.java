package io.triport.identity.signed;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.testkit.SeededRandomness;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Three who sign, one with each algorithm. */
final class TestSigners {
    static final Secret SECRET = Secret.of("0123456789abcdef0123456789abcdef");
    static final KeyPair ED25519 = pair("Ed25519");
    static final KeyPair P256 = pair("EC");

    static final SignedKeys KEYS = new SignedKeys(Map.of(
            "shared", key("shared", SignatureKey.shared(SECRET)),
            "ed", key("ed", publicKey(ED25519)),
            "ec", key("ec", publicKey(P256))));

    private TestSigners() {}

    static SignedKey key(String id, SignatureKey key) {
        return SignedKey.of(new CredentialId(id), key, Set.of(new Scope("orders.write")));
    }

    static SignatureKey publicKey(KeyPair pair) {
        return SignatureKey.parsePublic(
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
    }

    static TestRequest inHeaders(Clock clock, String target, Bytes body) {
        var headers = signer("shared", clock).headers(Method.POST, RawTarget.parse(target), body);
        return TestRequest.of("POST", target, headers, body);
    }

    static TestRequest inMessage(String keyId, Clock clock, String target, Map<String, String> fields, Bytes body) {
        var covered = new HashMap<String, List<String>>();
        fields.forEach((name, value) -> covered.put(name, List.of(value)));
        var headers = signer(keyId, clock).message(Method.POST, RawTarget.parse(target), new Headers(covered), body);
        return TestRequest.of("POST", target, headers, body).withAll(fields);
    }

    static RequestSigner signer(String keyId, Clock clock) {
        return new RequestSigner(keyId, clientKey(keyId), clock, new SeededRandomness(7));
    }

    private static RequestSigner.ClientKey clientKey(String keyId) {
        return switch (keyId) {
            case "ed" -> new RequestSigner.ClientKey.Own(ED25519.getPrivate());
            case "ec" -> new RequestSigner.ClientKey.Own(P256.getPrivate());
            default -> new RequestSigner.ClientKey.Shared(SECRET);
        };
    }

    private static KeyPair pair(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
