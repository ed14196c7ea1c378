package dev.pushwire.push;

/** Is told what clients do. Thread-safe. */
public interface ClientListener {
    /** For nobody who would listen. */
    ClientListener NONE = new ClientListener() {
        @Override
        public boolean isListening() {
            return false;
        }

        @Override
        public void happened(ClientEvent event) {}
    };

    /** Whether anybody wants to know: if not, no event need be made. Must not wait. */
    boolean isListening();

    /** The next event of its client. Called on a virtual thread, where it may block; must not throw. */
    void happened(ClientEvent event);
}
