package io.triport.storage.durable;

/**
 * The right to write an object, until another has it.
 *
 * @param address with the object's name where it is stored
 * @param session of the node, among nodes that share the state
 * @param epoch greater than those of all tenures before
 */
public record Tenure(Address address, long session, long epoch) {
    /** Whether nobody else can have written between the two, or they are one: each claim makes the epoch greater by one. */
    boolean follows(Tenure before) {
        return session == before.session && epoch - before.epoch <= 1;
    }
}
