package io.triport.domain.cache;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayDeque;
import java.util.Locale;

/**
 * The URL that a response belongs to, in the one form in which all spellings of it are the same (RFC 3986 section 6.2): scheme and
 * host in lower case, without the scheme's own port, without dot segments and without a fragment. The query stays as it is, in its
 * order. At most 8,192 bytes.
 */
public record CacheUrl(String text) {
    private static final int MOST_BYTES = 8_192;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /** @throws InvalidInput for anything else than the one form: {@link #parse} takes all spellings */
    public CacheUrl {
        if (!text.equals(normal(text))) {
            throw refused();
        }
    }

    /** @throws InvalidInput for what is no absolute URL of http or https, has a user in it or is too long */
    public static CacheUrl parse(String text) {
        return new CacheUrl(normal(text));
    }

    Bytes bytes() {
        return Bytes.utf8(text);
    }

    @Override
    public String toString() {
        return text;
    }

    private static String normal(String text) {
        var url = uri(text);
        var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https"))
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || text.length() > MOST_BYTES) {
            throw refused();
        }
        var port = url.getPort();
        var own = port == -1 || port == (scheme.equals("http") ? HTTP_PORT : HTTPS_PORT);
        var query = url.getRawQuery();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + (own ? "" : ":" + port)
                + withoutDots(url.getRawPath()) + (query == null ? "" : "?" + query);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw refused();
        }
    }

    /** RFC 3986 section 5.2.4; unlike {@link URI#normalize}, empty segments stay, and nothing leads above the root. */
    private static String withoutDots(String path) {
        var kept = new ArrayDeque<String>();
        var segments = path.isEmpty() ? new String[] {"", ""} : path.split("/", -1);
        for (var at = 1; at < segments.length; at++) {
            var last = at == segments.length - 1;
            switch (segments[at]) {
                case "." -> addIf(last, kept);
                case ".." -> {
                    kept.pollLast();
                    addIf(last, kept);
                }
                default -> kept.addLast(segments[at]);
            }
        }
        return "/" + String.join("/", kept);
    }

    /** A path that ends in a dot segment ends in a slash. */
    private static void addIf(boolean last, ArrayDeque<String> kept) {
        if (last) {
            kept.addLast("");
        }
    }

    private static InvalidInput refused() {
        return new InvalidInput("url", "an absolute URL of http or https without a user, at most 8192 bytes");
    }
}
