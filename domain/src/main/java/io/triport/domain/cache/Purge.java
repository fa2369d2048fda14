package io.triport.domain.cache;

import io.triport.domain.request.InvalidInput;

/** Which responses an operator takes out of a cache, whoever they belong to. */
public sealed interface Purge {
    /** Whether it is about a response. */
    boolean takes(CacheUrl url, StoredResponse response);

    /** All variants of one URL. */
    record Url(CacheUrl url) implements Purge {
        @Override
        public boolean takes(CacheUrl one, StoredResponse response) {
            return one.equals(url);
        }
    }

    /** What named the tag in {@code Cache-Tag}. */
    record Tag(CacheTag tag) implements Purge {
        @Override
        public boolean takes(CacheUrl one, StoredResponse response) {
            return response.tags().contains(tag);
        }
    }

    /** URLs that begin with the text, in the form of {@link CacheUrl}. */
    record Prefix(String text) implements Purge {
        public Prefix {
            if (text.isEmpty()) {
                throw new InvalidInput("prefix", "what URLs begin with; all of them: purge everything");
            }
        }

        @Override
        public boolean takes(CacheUrl one, StoredResponse response) {
            return one.text().startsWith(text);
        }
    }

    /** The whole cache. */
    record All() implements Purge {
        @Override
        public boolean takes(CacheUrl one, StoredResponse response) {
            return true;
        }
    }
}
