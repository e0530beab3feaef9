"""A broker to run on: embedded or a local Apache Kafka; declaring and checking topics. No rule on news."""
