package io.triport.domain.table;

/** An item that a job could not do. @param number grows within the job from 1; 0 before it is kept @param item a key, or the place in a file */
public record JobError(long number, String item, String code, String message) {}
