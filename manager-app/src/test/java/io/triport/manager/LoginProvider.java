package io.triport.manager;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Secret;
import io.triport.identity.signer.KeySchedule;
import io.triport.identity.signer.NewToken;
import io.triport.identity.signer.PrivateKeyPem;
import io.triport.identity.signer.SignerKey;
import io.triport.identity.signer.SigningAlgorithm;
import io.triport.identity.signer.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A provider of identities on loopback, which checks what a provider has to check. */
final class LoginProvider implements AutoCloseable {
    static final String CLIENT = "manager";
    static final String SECRET = "known-to-both";

    private static final Duration LIFE = Duration.ofMinutes(5);

    private final HttpServer server;
    private final String pem;
    private final String kid;
    private final TokenSigner signer;
    private final Map<String, Map<String, String>> begun = new ConcurrentHashMap<>();
    private final List<String> groups;

    private LoginProvider(HttpServer server, List<String> groups) {
        this.server = server;
        this.groups = groups;
        this.pem = PrivateKeyPem.generate(SigningAlgorithm.ES256);
        var key = SignerKey.parse(Secret.of(pem));
        this.kid = key.id();
        this.signer = new TokenSigner(new Issuer(issuer()), KeySchedule.of(key, LIFE));
    }

    /** @param groups of everybody who logs in there */
    static LoginProvider start(String... groups) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var provider = new LoginProvider(server, List.of(groups));
            server.createContext("/.well-known/openid-configuration", it -> reply(it, 200, provider.discovery()));
            server.createContext(
                    "/keys",
                    it -> reply(
                            it,
                            200,
                            provider.signer.keys(Clock.systemUTC().instant()).json()));
            server.createContext("/token", provider::token);
            server.start();
            return provider;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it does when somebody has proved who they are there. @return the target to which the browser is sent back */
    String consent(String location) {
        var asked = form(URI.create(location).getRawQuery());
        if (!location.startsWith(issuer() + "/authorize?")
                || !asked.getOrDefault("client_id", "").equals(CLIENT)
                || !asked.getOrDefault("code_challenge_method", "").equals("S256")) {
            throw new AssertionError(location);
        }
        var code = "code-" + begun.size();
        begun.put(code, asked);
        return URI.create(asked.getOrDefault("redirect_uri", "")).getPath() + "?code=" + code + "&state="
                + asked.get("state");
    }

    /** A token that says that somebody has logged out there, all of whose sessions end that have begun by now. */
    String logout(String subject) {
        var at = Clock.systemUTC().instant().plusSeconds(2).getEpochSecond();
        var claims =
                "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d,\"jti\":\"%s\",\"events\":{\"%s\":{}}}"
                        .formatted(
                                issuer(),
                                subject,
                                CLIENT,
                                at,
                                at + 60,
                                UUID.randomUUID(),
                                "http://schemas.openid.net/event/backchannel-logout");
        var text = base64("{\"alg\":\"ES256\",\"kid\":\"%s\",\"typ\":\"logout+jwt\"}".formatted(kid)) + "."
                + base64(claims);
        try {
            var der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der)));
            signature.update(text.getBytes(US_ASCII));
            return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private String discovery() {
        return ("{\"issuer\":\"%1$s\",\"authorization_endpoint\":\"%1$s/authorize\",\"token_endpoint\":\"%1$s/token\","
                        + "\"jwks_uri\":\"%1$s/keys\",\"end_session_endpoint\":\"%1$s/end\"}")
                .formatted(issuer());
    }

    private void token(HttpExchange exchange) throws IOException {
        var form = form(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        var found = begun.remove(form.getOrDefault("code", ""));
        var asked = found == null ? Map.<String, String>of() : found;
        var pair = Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(US_ASCII));
        var good = ("Basic " + pair).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                && form.getOrDefault("redirect_uri", "").equals(asked.get("redirect_uri"))
                && challenge(form.getOrDefault("code_verifier", "")).equals(asked.get("code_challenge"));
        if (!good) {
            reply(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        var more = Map.<String, ClaimValue>of(
                "nonce", new ClaimValue.Text(asked.getOrDefault("nonce", "")),
                "email", new ClaimValue.Text("Ada@Example.org"),
                "groups",
                        new ClaimValue.Listing(groups.stream()
                                .<ClaimValue>map(ClaimValue.Text::new)
                                .toList()));
        var token = signer.sign(
                new NewToken("user-7", List.of(CLIENT), LIFE, "id-" + begun.size(), more),
                Clock.systemUTC().instant());
        reply(exchange, 200, "{\"id_token\":\"" + token + "\",\"access_token\":\"a\"}");
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> form(String text) {
        var fields = new HashMap<String, String>();
        Arrays.stream(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .flatMap(pair -> Stream.of(Map.entry(pair[0], URLDecoder.decode(pair[1], UTF_8))))
                .forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, json.length());
            exchange.getResponseBody().write(json.getBytes(UTF_8));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
