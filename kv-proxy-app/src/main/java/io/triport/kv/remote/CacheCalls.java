package io.triport.kv.remote;

import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheTag;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.cache.Purge;
import io.triport.domain.cache.ResponseCache;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.identity.handler.FetchReply;
import io.triport.identity.handler.FlowingReply;
import io.triport.identity.handler.OnFetch;
import io.triport.identity.handler.Reply;
import io.triport.kv.wire.JsonWriter;
import io.triport.kv.wire.KvError;
import io.triport.kv.wire.RemoteRefused;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Caches of responses over HTTP: requests and responses are HTTP messages themselves, as bodies. */
final class CacheCalls {
    private static final String HTTP = "message/http";
    private static final Pattern REQUEST = Pattern.compile("([^ ]{1,32}) ([^ ]+) HTTP/1\\.1");
    private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.1 ([2-5][0-9]{2})( .*)?");

    private static final Pattern QUERY = Pattern.compile("\\?cache=([^&]+)(&ignoreMethod=true)?");

    /** What is longer flows. */
    private static final ByteSize SHORT = ByteSize.ofKiB(64);

    private final Set<CacheName> names;

    private CacheCalls(Set<CacheName> names) {
        this.names = names;
    }

    static List<OnFetch> all(Set<CacheName> names) {
        var calls = new CacheCalls(names);
        return List.of(
                RemoteCall.post("/zin/cache/match", "cache.match", calls::match),
                RemoteCall.post("/zin/cache/put", "cache.put", calls::put),
                RemoteCall.post("/zin/cache/delete", "cache.delete", calls::delete),
                RemoteCall.post("/zin/cache/purge", "cache.purge", calls::purge));
    }

    private FetchReply match(RemoteCall call) {
        return switch (cache(call).match(asked(call))) {
            case CacheMatch.Hit(var response) -> message(response);
            case CacheMatch.Partial(var response) -> message(response);
            case CacheMatch.NotModified(var headers) -> message(304, headers, Bytes.EMPTY);
            case CacheMatch.RangeRefused(var length) ->
                message(416, new Headers(Map.of("content-range", List.of("bytes */" + length))), Bytes.EMPTY);
            case CacheMatch.Miss miss -> new Reply(204, HTTP, Bytes.EMPTY, KvError.HEADERS);
        };
    }

    private FetchReply put(RemoteCall call) {
        var cache = cache(call);
        var asked = HttpMessage.read(call.routed().body(), "The request");
        var request = request(asked);
        var answer = HttpMessage.read(asked.rest(), "The response");
        var response = response(answer);
        return RemoteCall.json(call.onceApart(() -> stored(cache.put(request, response))));
    }

    private static Bytes stored(CachePut outcome) {
        return switch (outcome) {
            case CachePut.Stored(var length) ->
                new JsonWriter()
                        .beginObject()
                        .name("stored")
                        .truth(true)
                        .name("length")
                        .number(length)
                        .endObject()
                        .bytes();
            case CachePut.NotStorable(var reason) ->
                throw RemoteRefused.of(
                        FailureCode.TOO_LARGE,
                        "The response may not be stored: "
                                + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }

    private FetchReply delete(RemoteCall call) {
        var cache = cache(call);
        var request = asked(call);
        return RemoteCall.json(call.onceApart(() -> new JsonWriter()
                .beginObject()
                .name("deleted")
                .truth(cache.delete(request))
                .endObject()
                .bytes()));
    }

    private FetchReply purge(RemoteCall call) {
        var cache = cache(call);
        var what = what(call.body());
        return RemoteCall.json(call.onceApart(() -> {
            cache.purge(what);
            return KvError.ok();
        }));
    }

    private static Purge what(RemoteBody body) {
        var wanted = Stream.<Optional<? extends Purge>>of(
                        body.optionalText("url").map(CacheUrl::parse).map(Purge.Url::new),
                        body.optionalText("tag").map(CacheTag::new).map(Purge.Tag::new),
                        body.optionalText("prefix").map(Purge.Prefix::new),
                        body.truth("all").filter(all -> all).map(all -> new Purge.All()))
                .<Purge>flatMap(Optional::stream)
                .toList();
        if (wanted.size() != 1) {
            throw RemoteBody.wrong("The body", "about one of url, tag, prefix and all");
        }
        return wanted.getFirst();
    }

    /** The request that the body of the call is, without a body of its own. */
    private static CacheRequest asked(RemoteCall call) {
        var message = HttpMessage.read(call.routed().body(), "The request");
        if (!message.rest().isEmpty()) {
            throw RemoteBody.wrong("The request", "without a body");
        }
        var request = request(message);
        return query(call).group(2) == null ? request : request.ignoringMethod();
    }

    private static Matcher query(RemoteCall call) {
        var query = QUERY.matcher(call.request().target().search());
        if (!query.matches()) {
            throw RemoteBody.wrong("The query", "cache=NAME, and ignoreMethod=true where it is wanted");
        }
        return query;
    }

    private static CacheRequest request(HttpMessage message) {
        var start = REQUEST.matcher(message.start());
        if (!start.matches()) {
            throw RemoteBody.wrong("The request", "a method, a target and HTTP/1.1");
        }
        var target = start.group(2);
        if (target.startsWith("/")) {
            target = "https://"
                    + message.headers()
                            .only("host")
                            .orElseThrow(() -> RemoteBody.wrong("The request", "with a Host, or with a whole URL"))
                    + target;
        }
        return new CacheRequest(new Method(start.group(1)), CacheUrl.parse(target), message.headers());
    }

    private static CachedResponse response(HttpMessage message) {
        var start = RESPONSE.matcher(message.start());
        if (!start.matches()) {
            throw RemoteBody.wrong("The response", "HTTP/1.1 and a status of 200..599");
        }
        var length = message.headers().all("content-length");
        if (!length.isEmpty()
                && !length.equals(List.of(Integer.toString(message.rest().size())))) {
            throw RemoteBody.wrong("The response", "as long as its Content-Length");
        }
        return new CachedResponse(Integer.parseInt(start.group(1)), message.headers(), Content.of(message.rest()));
    }

    private static FetchReply message(CachedResponse response) {
        var body = response.body();
        if (body.length().orElse(Long.MAX_VALUE) <= SHORT.bytes()) {
            return message(response.status(), response.headers(), ContentReader.whole(body, SHORT));
        }
        var head = head(response.status(), response.headers());
        return new FlowingReply(200, HTTP, new MessageContent(head, body), KvError.HEADERS);
    }

    private static FetchReply message(int status, Headers headers, Bytes body) {
        return new Reply(200, HTTP, head(status, headers).concat(body), KvError.HEADERS);
    }

    private static Bytes head(int status, Headers headers) {
        return HttpMessage.head("HTTP/1.1 " + status + " ", headers);
    }

    /** Whether the key reaches so far is asked first. */
    private ResponseCache cache(RemoteCall call) {
        var name = RemoteBody.named(query(call).group(1), "cache", CacheName::new, "a name of a cache");
        var cache = call.storage().cache(call.grant(), name);
        if (!names.contains(name)) {
            throw RemoteRefused.of(FailureCode.NOT_FOUND, "There is no such cache");
        }
        return cache;
    }
}
