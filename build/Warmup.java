import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends a running app the requests that its class cache is trained with: {@code java build/Warmup.java APP READY-FILE}.
 *
 * <p>Stands alone, because the launcher needs it where no test class has been built.
 */
final class Warmup {
    private static final int ROUNDS = 200;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final String keyId;
    private final SecretKeySpec secret;

    private Warmup(Properties ready) throws IOException {
        address = ready.getProperty("address");
        keyId = ready.getProperty("key-id", "");
        var file = ready.getProperty("secret-file", ready.getProperty("token-file"));
        var text = Files.readString(Path.of(file)).strip();
        secret = new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    public static void main(String[] arguments) throws Exception {
        var ready = new Properties();
        try (var reader = Files.newBufferedReader(Path.of(arguments[1]))) {
            ready.load(reader);
        }
        var warmup = new Warmup(ready);
        switch (arguments[0]) {
            case "kv-proxy" -> warmup.useKvProxy();
            case "object-proxy" -> warmup.useObjectProxy(ready);
            case "manager" -> warmup.useManager(ready);
            case "gateway" -> warmup.useGateway();
            default ->
                throw new IllegalArgumentException(
                        "app: " + arguments[0] + " (expected: kv-proxy, object-proxy, manager, gateway)");
        }
    }

    private void useKvProxy() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            send("put", "{\"namespace\":\"WARMUP\",\"key\":\"key-%d\",\"value\":{\"round\":%d}}".formatted(round, round));
            send("get", "{\"namespace\":\"WARMUP\",\"key\":\"key-%d\",\"type\":\"json\"}".formatted(round));
        }
        send("list", "{\"namespace\":\"WARMUP\",\"prefix\":\"key-\"}");
        send("delete", "{\"namespace\":\"WARMUP\",\"key\":\"key-0\"}");
    }

    private void useObjectProxy(Properties ready) throws Exception {
        var key = ready.getProperty("access-key-id");
        var secretText = Files.readString(Path.of(ready.getProperty("secret-file"))).strip();
        var bucket = "/" + ready.getProperty("bucket");
        for (var round = 0; round < ROUNDS; round++) {
            var path = bucket + "/key-" + round;
            sendSigned("PUT", path, "round " + round, key, secretText);
            sendSigned("GET", path, "", key, secretText);
        }
        sendSigned("GET", bucket, "", key, secretText);
        sendSigned("DELETE", bucket + "/key-0", "", key, secretText);
    }

    private void sendSigned(String method, String path, String body, String key, String secretText) throws Exception {
        var time = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        var scope = time.substring(0, 8) + "/us-east-1/s3/aws4_request";
        var host = URI.create(address).getAuthority();
        var names = "host;x-amz-content-sha256;x-amz-date";
        var canonical = method + "\n" + path + "\n\nhost:" + host + "\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:"
                + time + "\n\n" + names + "\nUNSIGNED-PAYLOAD";
        var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        var text = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + HexFormat.of().formatHex(digest);
        var signing = ("AWS4" + secretText).getBytes(StandardCharsets.UTF_8);
        for (var part : scope.split("/")) {
            signing = hmac(signing, part);
        }
        var signature = HexFormat.of().formatHex(hmac(signing, text));
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("x-amz-date", time)
                .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=" + key + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                                + signature)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        client.send(request, BodyHandlers.ofByteArray());
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private void send(String operation, String body) throws Exception {
        var path = URI.create(address + "/zin/kv/" + operation);
        var timestamp = Long.toString(System.currentTimeMillis());
        var nonce = UUID.randomUUID().toString();
        var digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        var hash = HexFormat.of().formatHex(digest);
        var request = HttpRequest.newBuilder(path)
                .header("x-zt-key-id", keyId)
                .header("x-zt-timestamp", timestamp)
                .header("x-zt-nonce", nonce)
                .header("x-zt-body-sha256", hash)
                .header("x-zt-signature", sign(String.join("\n", "POST", path.getRawPath(), "", timestamp, nonce, hash)))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(operation + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    private void useManager(Properties ready) throws Exception {
        var token = Files.readString(Path.of(ready.getProperty("token-file"))).strip();
        for (var round = 0; round < ROUNDS; round++) {
            var request = HttpRequest.newBuilder(URI.create(address + "/api/namespaces"))
                    .header("Authorization", "Bearer " + token)
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("manager: " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private void useGateway() throws Exception {
        for (var round = 0; round < ROUNDS; round++) {
            var claims = "{\"sub\":\"user-%d\",\"role\":\"admin\",\"exp\":%d}"
                    .formatted(round % 7, System.currentTimeMillis() / 1000 + 600);
            var text = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                    + base64(claims.getBytes(StandardCharsets.UTF_8));
            var request = HttpRequest.newBuilder(URI.create(address + "/up/index.html"))
                    .header("Authorization", "Bearer " + text + "." + base64(mac(text)))
                    .build();
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("gateway: " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String sign(String text) throws GeneralSecurityException {
        return HexFormat.of().formatHex(mac(text));
    }

    private byte[] mac(String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(secret);
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
