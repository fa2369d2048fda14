package io.triport.identity.hmac;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A request that a test changes part by part after it was signed. */
record SignedRequest(
        String method, String path, String search, Bytes body, Map<String, List<String>> headers, String peer) {
    static final String SECRET = "0123456789abcdef0123456789abcdef";

    static SignedRequest of(String keyId, String secret, Instant timestamp, String nonce) {
        return of(keyId, secret, Long.toString(timestamp.toEpochMilli()), nonce, "/zin/kv/get", "", Bytes.utf8("{}"));
    }

    static SignedRequest of(
            String keyId, String secret, String timestamp, String nonce, String path, String search, Bytes body) {
        var hash = sha256(body);
        var signature = HmacSecret.of(secret).sign(new CanonicalRequest("POST", path, search, timestamp, nonce, hash));
        var headers = Map.of(
                SigningHeaders.KEY_ID, List.of(keyId),
                SigningHeaders.TIMESTAMP, List.of(timestamp),
                SigningHeaders.NONCE, List.of(nonce),
                SigningHeaders.BODY_SHA256, List.of(hash),
                SigningHeaders.SIGNATURE, List.of(signature));
        return new SignedRequest("POST", path, search, body, headers, "192.0.2.7");
    }

    SignedRequest with(String header, String... values) {
        var changed = new HashMap<>(headers);
        changed.put(header, List.of(values));
        return new SignedRequest(method, path, search, body, changed, peer);
    }

    SignedRequest without(String header) {
        var changed = new HashMap<>(headers);
        changed.remove(header);
        return new SignedRequest(method, path, search, body, changed, peer);
    }

    SignedRequest to(String otherPath, String otherSearch) {
        return new SignedRequest(method, otherPath, otherSearch, body, headers, peer);
    }

    SignedRequest by(String otherMethod) {
        return new SignedRequest(otherMethod, path, search, body, headers, peer);
    }

    SignedRequest saying(Bytes otherBody) {
        return new SignedRequest(method, path, search, otherBody, headers, peer);
    }

    SignedRequest from(String address) {
        return new SignedRequest(method, path, search, body, headers, address);
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).getFirst();
    }

    Fetch fetch() {
        return new Fetch(
                new RequestId("test"),
                Instant.EPOCH,
                new Method(method),
                new RawTarget(path, search),
                new Headers(headers),
                new Peer(Cidr.literal(peer), TransportSecurity.PLAIN),
                Content.of(body));
    }

    static String sha256(Bytes body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
