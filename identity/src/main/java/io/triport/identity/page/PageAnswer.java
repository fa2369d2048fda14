package io.triport.identity.page;

import io.triport.domain.identity.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What identity answers itself. Never to be kept by caches, but for documents. */
public sealed interface PageAnswer {
    /** The status of HTTP. */
    int status();

    /** All fields of the answer but those of its body, {@code Set-Cookie} once for each cookie. */
    List<Field> fields();

    /** A field of the answer. */
    record Field(String name, String value) {
        /** The name alone: a value may be a session. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** The browser goes elsewhere. @param cookies values of {@code Set-Cookie} */
    record Redirect(String location, List<String> cookies) implements PageAnswer {
        public Redirect {
            cookies = List.copyOf(cookies);
        }

        /** After a POST too, the browser comes with GET (RFC 9110 section 15.4.4). */
        @Override
        public int status() {
            return 303;
        }

        @Override
        public List<Field> fields() {
            var fields = new ArrayList<>(uncached(cookies));
            fields.add(new Field("Location", location));
            return fields;
        }

        @Override
        public String toString() {
            return "Redirect[" + cookies.size() + " cookies]";
        }
    }

    /** What was asked for has happened, and there is nothing to show. */
    record Done() implements PageAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public List<Field> fields() {
            return uncached(List.of());
        }
    }

    /** A document that everybody may read. @param maxAge how long it may be kept; zero for not at all */
    record Document(String json, Duration maxAge) implements PageAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public List<Field> fields() {
            return List.of(
                    new Field("Content-Type", "application/json"),
                    new Field("Cache-Control", maxAge.isZero() ? "no-store" : "public, max-age=" + maxAge.toSeconds()));
        }
    }

    /** The path is not asked in this way. @param allowed for {@code Allow} */
    record OtherMethod(String allowed) implements PageAnswer {
        @Override
        public int status() {
            return 405;
        }

        @Override
        public List<Field> fields() {
            var fields = new ArrayList<>(uncached(List.of()));
            fields.add(new Field("Allow", allowed));
            return fields;
        }
    }

    /** @param status 400, 401 or 403. @param cookies values of {@code Set-Cookie} */
    record Refused(Reason reason, int status, List<String> cookies) implements PageAnswer {
        public Refused {
            cookies = List.copyOf(cookies);
        }

        @Override
        public List<Field> fields() {
            return uncached(cookies);
        }

        @Override
        public String toString() {
            return "Refused[" + reason.text() + ", " + status + "]";
        }
    }

    /** The provider, or our own state, is away. */
    record Unavailable(Duration retryAfter) implements PageAnswer {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public List<Field> fields() {
            var fields = new ArrayList<>(uncached(List.of()));
            fields.add(new Field("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
            return fields;
        }
    }

    private static List<Field> uncached(List<String> cookies) {
        var fields = new ArrayList<Field>();
        fields.add(new Field("Cache-Control", "no-store"));
        // The address of an answer has a code in it.
        fields.add(new Field("Referrer-Policy", "no-referrer"));
        cookies.forEach(cookie -> fields.add(new Field("Set-Cookie", cookie)));
        return fields;
    }
}
