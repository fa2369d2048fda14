package io.triport.e2e.bench;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens of many users, signed before anything is measured, and the public keys to check them with. */
final class BearerTokens {
    static final String ISSUER = "https://bench.example";
    static final String AUDIENCE = "bench";

    private static final int RSA_BITS = 2048;
    private static final int COORDINATE_BYTES = 32;
    private static final Duration LIFE = Duration.ofHours(2);

    private final KeyPair rsa;
    private final KeyPair ec;
    private final byte[] secret;
    private final Clock clock;

    BearerTokens(byte[] secret, Clock clock) throws GeneralSecurityException {
        var rsaKeys = KeyPairGenerator.getInstance("RSA");
        rsaKeys.initialize(RSA_BITS);
        this.rsa = rsaKeys.generateKeyPair();
        var ecKeys = KeyPairGenerator.getInstance("EC");
        ecKeys.initialize(new ECGenParameterSpec("secp256r1"));
        this.ec = ecKeys.generateKeyPair();
        this.secret = secret.clone();
        this.clock = clock;
    }

    /** How a token is signed. */
    enum Kind {
        RS256,
        ES256,
        HS256
    }

    /** One token for each of so many users. */
    List<String> of(Kind kind, int users) throws GeneralSecurityException {
        var tokens = new ArrayList<String>(users);
        for (var user = 0; user < users; user++) {
            tokens.add(token(kind, user));
        }
        return tokens;
    }

    String keySet() {
        var rsaKey = (RSAPublicKey) rsa.getPublic();
        var ecKey = (ECPublicKey) ec.getPublic();
        return """
            {"keys":[
             {"kty":"RSA","kid":"rs256","alg":"RS256","use":"sig","n":"%s","e":"%s"},
             {"kty":"EC","kid":"es256","alg":"ES256","use":"sig","crv":"P-256","x":"%s","y":"%s"}]}
            """.formatted(
                        base64(minimal(rsaKey.getModulus().toByteArray())),
                        base64(minimal(rsaKey.getPublicExponent().toByteArray())),
                        base64(coordinate(ecKey.getW().getAffineX().toByteArray())),
                        base64(coordinate(ecKey.getW().getAffineY().toByteArray())));
    }

    String rsaPem() {
        return pem(rsa);
    }

    private String token(Kind kind, int user) throws GeneralSecurityException {
        var now = clock.instant().getEpochSecond();
        var name = kind.name();
        var header = "{\"alg\":\"" + name + "\",\"typ\":\"JWT\",\"kid\":\"" + name.toLowerCase(Locale.ROOT) + "\"}";
        var payload = "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"user-%05d\",\"role\":\"member\",\"iat\":%d,\"exp\":%d}"
                .formatted(ISSUER, AUDIENCE, user, now, now + LIFE.toSeconds());
        var signed = base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64(signature(kind, signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(Kind kind, byte[] text) throws GeneralSecurityException {
        return switch (kind) {
            case HS256 -> {
                var mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                yield mac.doFinal(text);
            }
            case RS256 -> sign("SHA256withRSA", rsa, text);
            case ES256 -> sign("SHA256withECDSAinP1363Format", ec, text);
        };
    }

    private static byte[] sign(String algorithm, KeyPair pair, byte[] text) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        signature.initSign(pair.getPrivate());
        signature.update(text);
        return signature.sign();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static byte[] minimal(byte[] number) {
        return number[0] == 0
                ? HexFormat.of().parseHex(HexFormat.of().formatHex(number).substring(2))
                : number;
    }

    private static byte[] coordinate(byte[] number) {
        var whole = new byte[COORDINATE_BYTES];
        var length = Math.min(number.length, COORDINATE_BYTES);
        System.arraycopy(number, number.length - length, whole, COORDINATE_BYTES - length, length);
        return whole;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
