package io.triport.storage.durable;

/** What a commit does to the alarm of its object. */
public sealed interface AlarmChange {
    AlarmChange STAYS = new Stays();

    AlarmChange GOES = new Goes();

    record Stays() implements AlarmChange {}

    /** Whichever it is. */
    record Goes() implements AlarmChange {}

    /** This one goes, and another that took its place stays. */
    record Ends(StoredAlarm alarm) implements AlarmChange {}

    record Becomes(StoredAlarm alarm) implements AlarmChange {}
}
