public import Access

/// What joining and leaving hold on people.
public enum JoiningPersonalData {
    public static let all: [PersonalDataSource] = ApplicationPersonalData.all + RequestPersonalData.all
}
