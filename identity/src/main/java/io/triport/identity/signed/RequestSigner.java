package io.triport.identity.signed;

import io.triport.domain.identity.Secret;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.Sha256;
import io.triport.domain.time.Randomness;
import io.triport.identity.field.BareItem;
import io.triport.identity.field.Member;
import io.triport.identity.field.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signs requests on the side of the client. Each call uses a new nonce. Safe for many threads. */
public final class RequestSigner {
    private static final int NONCE_BYTES = 18;
    private static final String LABEL = "sig";

    private final String keyId;
    private final ClientKey key;
    private final Clock clock;
    private final Randomness randomness;

    public RequestSigner(String keyId, ClientKey key, Clock clock, Randomness randomness) {
        this.keyId = keyId;
        this.key = key;
        this.clock = clock;
        this.randomness = randomness;
    }

    /** The client's half of a key. */
    public sealed interface ClientKey {
        /** HMAC-SHA-256, the only one that the form with five headers knows. */
        record Shared(Secret secret) implements ClientKey {}

        /** @param key of Ed25519, or of the curve P-256 */
        record Own(PrivateKey key) implements ClientKey {
            @Override
            public String toString() {
                return "Own[" + key.getAlgorithm() + "]";
            }
        }
    }

    /**
     * The five headers of a signed request.
     *
     * @throws InvalidInput when the key is not a shared secret
     */
    public Map<String, String> headers(Method method, RawTarget target, Bytes body) {
        if (!(key instanceof ClientKey.Shared(var secret))) {
            throw new InvalidInput("key", "a shared secret");
        }
        var timestamp = Long.toString(clock.millis());
        var nonce = nonce();
        var hash = Sha256.of(body).toHex();
        var text = HeaderForm.canonical(method, target, timestamp, nonce, hash);
        var signature = new SignatureKey.Shared(secret).mac(text.getBytes(StandardCharsets.UTF_8));
        var headers = new LinkedHashMap<String, String>();
        headers.put(HeaderForm.KEY_ID, keyId);
        headers.put(HeaderForm.TIMESTAMP, timestamp);
        headers.put(HeaderForm.NONCE, nonce);
        headers.put(HeaderForm.BODY_SHA256, hash);
        headers.put(HeaderForm.SIGNATURE, HexFormat.of().formatHex(signature));
        return headers;
    }

    /**
     * The headers of a message signature (RFC 9421) over method, path and query, over the body when there is one, and over the
     * given fields.
     *
     * @param fields what the request has and the signature is to cover beside the rest
     */
    public Map<String, String> message(Method method, RawTarget target, Headers fields, Bytes body) {
        var headers = new LinkedHashMap<String, String>();
        var all = new HashMap<>(fields.fields());
        var covered = new ArrayList<>(List.of(SignatureBase.METHOD, SignatureBase.PATH, SignatureBase.QUERY));
        fields.fields().keySet().stream().sorted().forEach(covered::add);
        if (!body.isEmpty()) {
            headers.put(ContentDigest.FIELD, ContentDigest.sha256(body));
            all.put(ContentDigest.FIELD, List.of(ContentDigest.sha256(body)));
            covered.add(ContentDigest.FIELD);
        }
        var input = new Member.InnerList(
                covered.stream()
                        .map(name -> new Member.Item(new BareItem.Text(name), Parameters.NONE))
                        .toList(),
                parameters());
        var base = new SignatureBase(method, target, new Headers(all)).text(input);
        var signature = sign(base.getBytes(StandardCharsets.US_ASCII));
        headers.put(MessageForm.INPUT, LABEL + "=" + input.text());
        headers.put(MessageForm.SIGNATURE, LABEL + "=" + new BareItem.Binary(Bytes.copyOf(signature)).text());
        return headers;
    }

    private Parameters parameters() {
        var values = new LinkedHashMap<String, BareItem>();
        values.put("created", new BareItem.Whole(clock.instant().getEpochSecond()));
        values.put("nonce", new BareItem.Text(nonce()));
        values.put("keyid", new BareItem.Text(keyId));
        return new Parameters(values);
    }

    private byte[] sign(byte[] text) {
        return switch (key) {
            case ClientKey.Shared(var secret) -> new SignatureKey.Shared(secret).mac(text);
            case ClientKey.Own(var own) -> sign(own, text);
        };
    }

    private static byte[] sign(PrivateKey own, byte[] text) {
        var algorithm =
                Set.of("Ed25519", "EdDSA").contains(own.getAlgorithm()) ? "Ed25519" : "SHA256withECDSAinP1363Format";
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(own);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new InvalidInput("key", "a private key of Ed25519 or P-256");
        }
    }

    private String nonce() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(randomness.bytes(NONCE_BYTES));
    }
}
