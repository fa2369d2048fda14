package io.triport.testkit;

import java.time.Duration;

/** What a test says of the model for text behind an adapter. Safe for many threads. */
public interface ScriptedModel {
    /** How long a refusal with 429 says to wait. */
    Duration RETRY_AFTER = Duration.ofSeconds(7);

    /** From now on answers are these pieces, or all of them at once. */
    void answer(String... pieces);

    /** From now on answers are one call of tools. @param calls a JSON array without spaces */
    void callTools(String calls);

    /** The next calls are refused, with a text that repeats what was asked. @param status as HTTP has it */
    void refuse(int status, int times);

    /** From now on a call is answered with these pieces, and then nothing comes. */
    void hangAfter(String... pieces);

    /** From now on a call is answered with these pieces, and its connection breaks when {@link #breakNow} says so. */
    void breakAfter(String... pieces);

    /** Breaks what was to be broken. */
    void breakNow();

    /** How many calls have come. */
    int asked();

    /** What the last call asked, without spaces. */
    String lastAsked();

    /** Waits until somebody who hung has gone. */
    void awaitGone();
}
