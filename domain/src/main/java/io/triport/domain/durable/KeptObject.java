package io.triport.domain.durable;

/** An object that keeps something, if only an alarm. @param id with its name, where that is known */
public record KeptObject(ObjectId id, KeptAlarm alarm) {}
