package io.triport.storage.caffeine;

import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CacheUrl;

/** Where the variants of a URL lie. @param part of one principal; empty for everybody */
record Place(CacheName cache, String part, CacheUrl url) {
    static final String EVERYBODY = "";

    int weight() {
        return cache.text().length() + part.length() + url.text().length();
    }
}
