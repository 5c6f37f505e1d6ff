"""What is agreed with a person in a community measure, by whom they are accompanied, what is planned and
looked at again, and what is reported. Town and village workers; 戒毒条例 arts 16-21, 38."""
