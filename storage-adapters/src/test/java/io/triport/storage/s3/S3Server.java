package io.triport.storage.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.triport.domain.identity.Secret;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.PassedFields;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.time.Ticker;
import io.triport.testkit.SeededRandomness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** An S3 endpoint of the test's own, with one bucket: checks each signature and answers as the API reference says. */
final class S3Server implements AutoCloseable {
    static final String BUCKET = "shelf";
    static final String KEY_ID = "AKIDTEST";
    static final String SECRET = "secret/of/the+test";

    private static final String MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");

    private final S3Model model = new S3Model();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final boolean keepsConditions;

    /** A request as it came. */
    record Seen(String method, String path, Map<String, String> query, Map<String, String> fields, Bytes body) {
        String field(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private S3Server(boolean keepsConditions) {
        this.keepsConditions = keepsConditions;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    static S3Server start() {
        return new S3Server(true);
    }

    static S3Server withoutConditions() {
        return new S3Server(false);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Backend.S3 backend() {
        return backend(SECRET);
    }

    Backend.S3 backend(String secret) {
        return backend(uri(), new Backend.Signer.Key(KEY_ID, Secret.of(secret), Secret.of("")));
    }

    static Backend.S3 backend(URI endpoint, Backend.Signer signer) {
        return new Backend.S3(endpoint, "us-east-1", BUCKET, Backend.Addressing.PATH, signer);
    }

    static BucketBinding binding(Backend.S3 backend) {
        return new BucketBinding(new BucketName(BUCKET), backend, Bytes.EMPTY, Versioning.OFF);
    }

    static ObjectStore open(Backend.S3 backend) {
        return S3.of(Path.of("target", "spool"), Clock.systemUTC(), Ticker.system(), new SeededRandomness(1))
                .store(binding(backend), PassedFields.NONE);
    }

    ObjectStore store() {
        return open(backend());
    }

    S3Model model() {
        return model;
    }

    List<Seen> seen() {
        return seen;
    }

    Seen last() {
        return seen.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            seen.add(request);
            var answer = new Reply(exchange);
            var why = refusal(request);
            if (why != null) {
                answer.error(403, why);
            } else if (!request.path().startsWith("/" + BUCKET + "/")
                    && !request.path().equals("/" + BUCKET)) {
                answer.error(404, "NoSuchBucket");
            } else if (request.path().length() <= BUCKET.length() + 2) {
                bucket(request, answer);
            } else {
                object(request, decoded(request.path().substring(BUCKET.length() + 2)), answer);
            }
        } catch (RuntimeException e) {
            throw new IllegalStateException("test server", e);
        }
    }

    private static Seen read(HttpExchange exchange) throws IOException {
        var query = new TreeMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        for (var pair : raw == null ? new String[0] : raw.split("&")) {
            var equals = pair.indexOf('=');
            query.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        var fields = new TreeMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return new Seen(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query,
                fields,
                Bytes.copyOf(exchange.getRequestBody().readAllBytes()));
    }

    private static @Nullable String refusal(Seen request) {
        var authorization = request.field("authorization");
        if (authorization.isEmpty()) {
            return null;
        }
        if (!authorization.contains("Credential=" + KEY_ID + "/")) {
            return "InvalidAccessKeyId";
        }
        var names = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
        var fields = new TreeMap<String, String>();
        for (var name : names.split(";")) {
            fields.put(name, request.field(name));
        }
        var unsigned = request.fields().keySet().stream()
                .filter(name -> name.startsWith("x-amz-") && !fields.containsKey(name))
                .findAny();
        var at = LocalDateTime.parse(request.field("x-amz-date"), TIME).toInstant(ZoneOffset.UTC);
        var signed = new Signature.Signed(
                request.method(),
                request.path(),
                List.copyOf(request.query().entrySet()),
                fields,
                request.field("x-amz-content-sha256"));
        var expected = new Signature("us-east-1", "s3", at).signature(signed, Secret.of(SECRET));
        return unsigned.isEmpty() && authorization.endsWith("Signature=" + expected) ? null : "SignatureDoesNotMatch";
    }

    private void bucket(Seen request, Reply reply) throws IOException {
        var query = request.query();
        if (request.method().equals("POST") && query.containsKey("delete")) {
            deleteMany(request, reply);
        } else if (query.containsKey("uploads")) {
            uploads(reply);
        } else if (query.containsKey("versions")) {
            versions(query, reply);
        } else {
            list(query, reply);
        }
    }

    private void deleteMany(Seen request, Reply reply) throws IOException {
        var result = new StringBuilder();
        for (var object : elements(parse(request.body().toByteArray()), "Object")) {
            var key = text(object, "Key");
            if (key.contains("locked")) {
                result.append("<Error><Key>" + escaped(key) + "</Key><Code>InternalError</Code></Error>");
            } else {
                model.remove(key);
                result.append("<Deleted><Key>" + escaped(key) + "</Key></Deleted>");
            }
        }
        reply.xml(200, "<DeleteResult>" + result + "</DeleteResult>");
    }

    private void uploads(Reply reply) throws IOException {
        var result = model.uploads().entrySet().stream()
                .map(entry -> "<Upload><Key>" + url(entry.getValue().key()) + "</Key><UploadId>" + entry.getKey()
                        + "</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated>"
                        + "<StorageClass>STANDARD</StorageClass></Upload>")
                .collect(Collectors.joining());
        reply.xml(
                200,
                "<ListMultipartUploadsResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>" + result
                        + "</ListMultipartUploadsResult>");
    }

    private void list(Map<String, String> query, Reply reply) throws IOException {
        var after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
        var page = page(query, after.startsWith("token:") ? after.substring(6) : after);
        var result = new StringBuilder("<ListBucketResult><EncodingType>url</EncodingType>");
        for (var key : page.keys()) {
            var stored = there(key);
            result.append("<Contents><Key>" + url(key) + "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
                    + "<ETag>&quot;" + stored.etag() + "&quot;</ETag><Size>"
                    + stored.bytes().size()
                    + "</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }
        prefixes(page, result);
        result.append("<IsTruncated>" + !page.next().isEmpty() + "</IsTruncated>");
        if (!page.next().isEmpty()) {
            result.append("<NextContinuationToken>" + escaped("token:" + page.next()) + "</NextContinuationToken>");
        }
        reply.xml(200, result + "</ListBucketResult>");
    }

    private void versions(Map<String, String> query, Reply reply) throws IOException {
        var page = page(query, query.getOrDefault("key-marker", ""));
        var result = new StringBuilder("<ListVersionsResult><EncodingType>url</EncodingType>");
        for (var key : page.keys()) {
            var stored = there(key);
            result.append("<Version><Key>" + url(key) + "</Key><VersionId>null</VersionId><IsLatest>true</IsLatest>"
                    + "<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;" + stored.etag()
                    + "&quot;</ETag><Size>" + stored.bytes().size()
                    + "</Size><StorageClass>STANDARD</StorageClass></Version>");
        }
        prefixes(page, result);
        result.append("<IsTruncated>" + !page.next().isEmpty() + "</IsTruncated>");
        if (!page.next().isEmpty()) {
            result.append("<NextKeyMarker>" + url(page.next()) + "</NextKeyMarker>");
        }
        reply.xml(200, result + "</ListVersionsResult>");
    }

    private S3Model.Page page(Map<String, String> query, String after) {
        return model.list(
                query.getOrDefault("prefix", ""),
                query.getOrDefault("delimiter", ""),
                after,
                Integer.parseInt(query.getOrDefault("max-keys", "1000")));
    }

    private static void prefixes(S3Model.Page page, StringBuilder result) {
        for (var prefix : page.prefixes()) {
            result.append("<CommonPrefixes><Prefix>" + url(prefix) + "</Prefix></CommonPrefixes>");
        }
    }

    private void object(Seen request, String key, Reply reply) throws IOException {
        var query = request.query();
        switch (request.method()) {
            case "GET", "HEAD" -> {
                if (query.containsKey("tagging")) {
                    tags(key, reply);
                } else if (query.containsKey("uploadId")) {
                    parts(query.getOrDefault("uploadId", ""), reply);
                } else if (query.containsKey("attributes")) {
                    attributes(key, reply);
                } else {
                    get(request, key, reply);
                }
            }
            case "PUT" -> {
                if (query.containsKey("tagging")) {
                    retag(request, key, reply);
                } else if (query.containsKey("uploadId")) {
                    part(request, reply);
                } else if (request.fields().containsKey("x-amz-copy-source")) {
                    copy(request, key, reply);
                } else {
                    put(request, key, reply);
                }
            }
            case "POST" -> {
                if (query.containsKey("uploads")) {
                    var id = model.start(key, request.fields());
                    reply.xml(
                            200,
                            "<InitiateMultipartUploadResult><UploadId>" + id
                                    + "</UploadId></InitiateMultipartUploadResult>");
                } else {
                    complete(request, key, reply);
                }
            }
            case "DELETE" -> delete(request, key, reply);
            default -> reply.error(405, "MethodNotAllowed");
        }
    }

    private void get(Seen request, String key, Reply reply) throws IOException {
        var stored = model.get(key);
        if (stored == null) {
            reply.error(404, "NoSuchKey");
            return;
        }
        describe(reply, key, stored);
        var match = request.field("if-match");
        if (!match.isEmpty() && !match.contains(stored.etag())) {
            reply.error(412, "PreconditionFailed");
        } else if (request.field("if-none-match").contains(stored.etag())) {
            reply.bytes(304, new byte[0]);
        } else if (request.fields().containsKey("range")) {
            range(request.field("range"), stored.bytes().toByteArray(), reply);
        } else {
            reply.bytes(200, stored.bytes().toByteArray());
        }
    }

    private void describe(Reply reply, String key, S3Model.Stored stored) {
        stored.fields().forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-")
                    || name.startsWith("x-amz-checksum-")
                    || List.of("content-type", "content-encoding", "cache-control", "expires")
                            .contains(name)) {
                reply.field(name, value);
            }
        });
        if (!model.tags(key).isEmpty()) {
            reply.field("x-amz-tagging-count", Integer.toString(model.tags(key).size()));
        }
        reply.field("etag", "\"" + stored.etag() + "\"");
        reply.field("last-modified", MODIFIED);
        reply.field("server", "test");
    }

    private static void range(String range, byte[] bytes, Reply reply) throws IOException {
        var ends = range.substring("bytes=".length()).split("-", -1);
        var first =
                ends[0].isEmpty() ? Math.max(0, bytes.length - Integer.parseInt(ends[1])) : Integer.parseInt(ends[0]);
        var last = ends[0].isEmpty() || ends[1].isEmpty()
                ? bytes.length - 1
                : Math.min(bytes.length - 1, Integer.parseInt(ends[1]));
        if (first > last) {
            reply.xml(
                    416,
                    "<Error><Code>InvalidRange</Code><ActualObjectSize>" + bytes.length
                            + "</ActualObjectSize></Error>");
            return;
        }
        reply.field("content-range", "bytes " + first + "-" + last + "/" + bytes.length);
        reply.bytes(206, Arrays.copyOfRange(bytes, first, last + 1));
    }

    private S3Model.Stored there(String key) {
        return Objects.requireNonNull(model.get(key));
    }

    private void put(Seen request, String key, Reply reply) throws IOException {
        var there = model.get(key);
        if (keepsConditions && request.field("if-none-match").equals("*") && there != null) {
            reply.error(412, "PreconditionFailed");
            return;
        }
        if (keepsConditions && request.fields().containsKey("if-match")) {
            if (there == null) {
                reply.error(404, "NoSuchKey");
                return;
            }
            if (!request.field("if-match").contains(there.etag())) {
                reply.error(412, "PreconditionFailed");
                return;
            }
        }
        var stored = stored(request);
        model.put(key, stored);
        if (request.fields().containsKey("x-amz-tagging")) {
            var tags = new TreeMap<String, String>();
            for (var pair : request.field("x-amz-tagging").split("&")) {
                tags.put(decoded(pair.split("=", 2)[0]), decoded(pair.split("=", 2)[1]));
            }
            model.tag(key, tags);
        }
        reply.field("etag", "\"" + stored.etag() + "\"");
        reply.bytes(200, new byte[0]);
    }

    private static S3Model.Stored stored(Seen request) {
        var fields = new TreeMap<>(request.fields());
        var bytes = request.body().toByteArray();
        if (request.field("x-amz-content-sha256").equals("STREAMING-UNSIGNED-PAYLOAD-TRAILER")) {
            bytes = unframed(bytes, request, fields);
        }
        return new S3Model.Stored(Bytes.copyOf(bytes), fields, md5(bytes), 0);
    }

    private static byte[] unframed(byte[] framed, Seen request, Map<String, String> fields) {
        var out = new ByteArrayOutputStream();
        var text = new String(framed, StandardCharsets.ISO_8859_1);
        var at = 0;
        while (true) {
            var end = text.indexOf("\r\n", at);
            var size = Integer.parseInt(text.substring(at, end), 16);
            at = end + 2;
            if (size == 0) {
                break;
            }
            out.write(framed, at, size);
            at += size + 2;
        }
        if (out.size() != Integer.parseInt(request.field("x-amz-decoded-content-length"))) {
            throw new IllegalArgumentException("decoded length");
        }
        var trailer = text.substring(at).strip().split(":", 2);
        if (!trailer[0].equals(request.field("x-amz-trailer"))) {
            throw new IllegalArgumentException("trailer");
        }
        fields.put(trailer[0], trailer[1]);
        return out.toByteArray();
    }

    private void copy(Seen request, String key, Reply reply) throws IOException {
        var source = decoded(request.field("x-amz-copy-source")).substring(BUCKET.length() + 1);
        var from = model.get(source);
        if (from == null) {
            reply.error(404, "NoSuchKey");
            return;
        }
        var match = request.field("x-amz-copy-source-if-match");
        if (!match.isEmpty() && !match.contains(from.etag())) {
            reply.error(412, "PreconditionFailed");
            return;
        }
        var fields = request.field("x-amz-metadata-directive").equals("REPLACE") ? request.fields() : from.fields();
        model.put(key, new S3Model.Stored(from.bytes(), fields, from.etag(), 0));
        if (key.equals("late-error")) {
            reply.xml(200, "<Error><Code>InternalError</Code></Error>");
            return;
        }
        reply.xml(
                200,
                "<CopyObjectResult><ETag>&quot;" + from.etag()
                        + "&quot;</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></CopyObjectResult>");
    }

    private void delete(Seen request, String key, Reply reply) throws IOException {
        var query = request.query();
        if (query.containsKey("uploadId")) {
            if (model.drop(query.getOrDefault("uploadId", ""))) {
                reply.bytes(204, new byte[0]);
            } else {
                reply.error(404, "NoSuchUpload");
            }
        } else if (query.containsKey("tagging")) {
            model.tag(key, Map.of());
            reply.bytes(204, new byte[0]);
        } else {
            model.remove(key);
            reply.bytes(204, new byte[0]);
        }
    }

    private void tags(String key, Reply reply) throws IOException {
        if (model.get(key) == null) {
            reply.error(404, "NoSuchKey");
            return;
        }
        var set = model.tags(key).entrySet().stream()
                .map(entry -> "<Tag><Key>" + escaped(entry.getKey()) + "</Key><Value>" + escaped(entry.getValue())
                        + "</Value></Tag>")
                .collect(Collectors.joining());
        reply.xml(200, "<Tagging><TagSet>" + set + "</TagSet></Tagging>");
    }

    private void retag(Seen request, String key, Reply reply) throws IOException {
        if (model.get(key) == null) {
            reply.error(404, "NoSuchKey");
            return;
        }
        var tags = new TreeMap<String, String>();
        for (var tag : elements(parse(request.body().toByteArray()), "Tag")) {
            tags.put(text(tag, "Key"), text(tag, "Value"));
        }
        model.tag(key, tags);
        reply.bytes(200, new byte[0]);
    }

    private void part(Seen request, Reply reply) throws IOException {
        var upload = model.upload(request.query().getOrDefault("uploadId", ""));
        if (upload == null) {
            reply.error(404, "NoSuchUpload");
            return;
        }
        var number = Integer.parseInt(request.query().getOrDefault("partNumber", ""));
        if (request.fields().containsKey("x-amz-copy-source")) {
            var from = there(decoded(request.field("x-amz-copy-source")).substring(BUCKET.length() + 1));
            var ends = request.field("x-amz-copy-source-range")
                    .replace("bytes=", "")
                    .split("-");
            var bytes = ends.length < 2
                    ? from.bytes()
                    : from.bytes().slice(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
            var etag = md5(bytes.toByteArray());
            upload.parts().put(number, new S3Model.Stored(bytes, Map.of(), etag, 0));
            reply.xml(
                    200,
                    "<CopyPartResult><ETag>&quot;" + etag
                            + "&quot;</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></CopyPartResult>");
            return;
        }
        var stored = stored(request);
        upload.parts().put(number, stored);
        reply.field("etag", "\"" + stored.etag() + "\"");
        reply.bytes(200, new byte[0]);
    }

    private void parts(String id, Reply reply) throws IOException {
        var upload = model.upload(id);
        if (upload == null) {
            reply.error(404, "NoSuchUpload");
            return;
        }
        var parts = upload.parts().entrySet().stream()
                .map(entry -> "<Part><PartNumber>" + entry.getKey() + "</PartNumber><ETag>&quot;"
                        + entry.getValue().etag() + "&quot;</ETag><Size>"
                        + entry.getValue().bytes().size()
                        + "</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Part>")
                .collect(Collectors.joining());
        reply.xml(200, "<ListPartsResult>" + parts + "<IsTruncated>false</IsTruncated></ListPartsResult>");
    }

    private void attributes(String key, Reply reply) throws IOException {
        var parts = new StringBuilder();
        for (var number = 1; number <= there(key).parts(); number++) {
            parts.append("<Part><PartNumber>" + number + "</PartNumber><Size>4</Size></Part>");
        }
        reply.xml(
                200,
                "<GetObjectAttributesResponse><ObjectParts><IsTruncated>false</IsTruncated>" + parts
                        + "</ObjectParts></GetObjectAttributesResponse>");
    }

    private void complete(Seen request, String key, Reply reply) throws IOException {
        var upload = model.upload(request.query().getOrDefault("uploadId", ""));
        if (upload == null) {
            reply.error(404, "NoSuchUpload");
            return;
        }
        var whole = new ByteArrayOutputStream();
        var sums = new ByteArrayOutputStream();
        var numbers = new ArrayList<Integer>();
        for (var part : elements(parse(request.body().toByteArray()), "Part")) {
            var number = Integer.parseInt(text(part, "PartNumber"));
            var stored = upload.parts().get(number);
            if (stored == null || !text(part, "ETag").contains(stored.etag())) {
                reply.xml(400, "<Error><Code>InvalidPart</Code><PartNumber>" + number + "</PartNumber></Error>");
                return;
            }
            whole.writeBytes(stored.bytes().toByteArray());
            sums.writeBytes(HexFormat.of().parseHex(stored.etag()));
            numbers.add(number);
        }
        if (key.equals("late-error")) {
            reply.xml(200, "\n  <Error><Code>InternalError</Code></Error>");
            return;
        }
        var etag = md5(sums.toByteArray()) + "-" + numbers.size();
        model.put(key, new S3Model.Stored(Bytes.copyOf(whole.toByteArray()), upload.fields(), etag, numbers.size()));
        model.drop(request.query().getOrDefault("uploadId", ""));
        reply.xml(
                200,
                "\n \n<CompleteMultipartUploadResult><ETag>&quot;" + etag
                        + "&quot;</ETag></CompleteMultipartUploadResult>");
    }

    private static final class Reply {
        private final HttpExchange exchange;

        private Reply(HttpExchange exchange) {
            this.exchange = exchange;
        }

        private void field(String name, String value) {
            exchange.getResponseHeaders().set(name, value);
        }

        private void error(int status, String code) throws IOException {
            xml(status, "<Error><Code>" + code + "</Code><Message>said by the test</Message></Error>");
        }

        private void xml(int status, String text) throws IOException {
            bytes(status, (XML + text).getBytes(StandardCharsets.UTF_8));
        }

        private void bytes(int status, byte[] bytes) throws IOException {
            if (exchange.getRequestMethod().equals("HEAD")) {
                field("content-length", Integer.toString(bytes.length));
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String url(String text) {
        return UrlText.encoded(text);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Document parse(byte[] xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(xml));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<Element> elements(Document document, String name) {
        var found = document.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (var i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }
}
