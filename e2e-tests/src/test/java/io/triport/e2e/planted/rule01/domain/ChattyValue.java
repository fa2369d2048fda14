package io.triport.e2e.planted.rule01.domain;

import org.slf4j.LoggerFactory;

/** Planted: a value of the domain that knows a logging library. */
public record ChattyValue(String text) {
    public ChattyValue {
        LoggerFactory.getLogger(ChattyValue.class).info(text);
    }
}
